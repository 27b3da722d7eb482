package org.momo.imaging.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;

/** The streams of streams.tsv, written by other people's encoders (see make_streams.py). */
final class EncodedStreams {
  private EncodedStreams() {}

  /** One stream, and what it must decode to. */
  record Stream(
      String name, String syntax, FrameFormat format, int tolerance, byte[] bytes, String samples) {
    Frame decode(byte[] stream) throws PixelException {
      for (PixelDecoder decoder : PixelDecoders.standard()) {
        if (decoder.supports(syntax)) {
          return decoder.decode(syntax, ByteBuffer.wrap(stream).asReadOnlyBuffer(), format);
        }
      }
      throw new AssertionError(syntax);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream named(String name) {
    return all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  static List<Stream> all() {
    List<Stream> streams = new ArrayList<>();
    try (InputStream in = EncodedStreams.class.getResourceAsStream("streams.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("#")) {
          continue;
        }
        String[] f = line.split("\t");
        int stored = Integer.parseInt(f[6]);
        FrameFormat format =
            new FrameFormat(
                Integer.parseInt(f[2]),
                Integer.parseInt(f[3]),
                Integer.parseInt(f[4]),
                Integer.parseInt(f[5]),
                stored,
                stored - 1,
                f[7].equals("1"),
                false,
                f[8]);
        streams.add(
            new Stream(
                f[0],
                f[1],
                format,
                Integer.parseInt(f[9]),
                Base64.getDecoder().decode(f[10]),
                f[11]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return streams;
  }
}
