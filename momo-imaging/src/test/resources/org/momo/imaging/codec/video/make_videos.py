"""Writes the videos beside this file: 30 frames of 96 x 64 pixels, encoded by an FFmpeg that has x264 and x265.

The upper left quarter of frame i is grey of 20 + 7 i, the upper right one red (200, 30, 30), the lower left one
green (30, 180, 30), the lower right one blue (30, 30, 200).

    python3 make_videos.py FFMPEG
"""

import pathlib
import subprocess
import sys

WIDTH, HEIGHT, FRAMES = 96, 64, 30
HERE = pathlib.Path(__file__).parent


def pictures():
    for i in range(FRAMES):
        grey = bytes([20 + 7 * i] * 3)
        yield (grey * (WIDTH // 2) + bytes([200, 30, 30]) * (WIDTH // 2)) * (HEIGHT // 2)
        yield (bytes([30, 180, 30]) * (WIDTH // 2) + bytes([30, 30, 200]) * (WIDTH // 2)) * (HEIGHT // 2)


def write(name, *options):
    subprocess.run(
        [sys.argv[1], "-y", "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}",
         "-r", "25", "-i", "-", *options, "-fflags", "+bitexact", "-flags:v", "+bitexact",
         "-map_metadata", "-1", str(HERE / name)],
        input=b"".join(pictures()), check=True)


MPEG2 = ["-pix_fmt", "yuv420p", "-c:v", "mpeg2video", "-q:v", "2", "-g", "10", "-bf", "2"]
H264 = ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-crf", "12", "-g", "10", "-bf", "3", "-x264-params", "threads=1"]
HEVC = ["-c:v", "libx265", "-crf", "12", "-x265-params",
        "keyint=10:min-keyint=10:bframes=3:pools=1:frame-threads=1:log-level=none:info=0"]

write("mpeg2.mpg", *MPEG2, "-f", "vob")
write("mpeg2.m2v", *MPEG2, "-f", "mpeg2video")
write("h264.mp4", *H264)
write("h264.h264", *H264, "-f", "h264")
write("h264-709.ts", "-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709", "-color_primaries", "bt709",
      "-color_trc", "bt709", *H264, "-f", "mpegts")
write("h264-full.mp4", "-vf", "scale=out_range=full", "-color_range", "pc", "-pix_fmt", "yuv444p",
      "-c:v", "libx264", "-crf", "12", "-g", "10", "-bf", "3")
write("hevc.ts", "-pix_fmt", "yuv420p", *HEVC, "-f", "mpegts")
write("hevc.hevc", "-pix_fmt", "yuv420p", *HEVC, "-f", "hevc")
write("hevc10.mp4", "-pix_fmt", "yuv420p10le", *HEVC)
