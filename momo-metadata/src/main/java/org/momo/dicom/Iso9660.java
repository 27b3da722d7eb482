package org.momo.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.internal.Content;
import org.momo.study.ReadProblem.Kind;

/**
 * Where the files of an image of a disc lie (ECMA-119, which is ISO 9660, with the names of
 * Joliet). Nothing is copied: a file is a part of the image.
 *
 * <p>Both trees of a Joliet disc are walked, since each can hide files from the other. Folders that
 * lead in a circle, lengths that go past the end and folders that overlap cost nothing: each folder
 * is entered once, and all of them together have no more bytes than the image.
 *
 * <p>This class is not thread-safe.
 */
final class Iso9660 {
  private static final int SECTOR = 2048;
  private static final int FIRST_DESCRIPTOR = 16;
  private static final int MOST_DESCRIPTORS = 64;
  private static final int DIRECTORY = 0x02;
  private static final int CONTINUED = 0x80;

  private final Content.Opened image;
  private final long length;
  private final int depth;
  private final Target target;
  private final Set<Long> entered = new HashSet<>();
  private final Set<Long> found = new HashSet<>();
  private final ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
  private long folderBytes;

  /** What is told of the files. */
  interface Target {
    /** A file, as a part of the image that may go past its end. */
    void file(String name, long from, long count) throws IOException;

    /** A file, or a folder, that cannot be read, and why. */
    void skipped(Kind kind, String name, String why);
  }

  private Iso9660(Content.Opened image, long length, int depth, Target target) {
    this.image = image;
    this.length = length;
    this.depth = depth;
    this.target = target;
  }

  /**
   * Finds all files.
   *
   * @param image the image
   * @param length how long it is
   * @param depth how deep folders may nest
   * @param target told of each file, once
   */
  static void read(Content.Opened image, long length, int depth, Target target) throws IOException {
    new Iso9660(image, length, depth, target).descriptors();
  }

  /** What stands where an image of a disc says what it is: {@code CD001}, or a word of UDF. */
  static String word(Content.Opened content) throws IOException {
    ByteBuffer word = ByteBuffer.allocate(5);
    try {
      content.read((long) FIRST_DESCRIPTOR * SECTOR + 1, word);
    } catch (EOFException e) {
      return "";
    }
    return new String(word.array(), StandardCharsets.ISO_8859_1);
  }

  private record Folder(String name, long from, long count, int depth) {}

  private void descriptors() throws IOException {
    for (int i = 0; i < MOST_DESCRIPTORS; i++) {
      read((long) (FIRST_DESCRIPTOR + i) * SECTOR);
      int type = sector.get(0) & 0xFF;
      boolean isDescriptor = text(1, 5, StandardCharsets.ISO_8859_1).equals("CD001");
      if (!isDescriptor || type == 255) {
        return;
      }
      boolean joliet = type == 2 && text(88, 2, StandardCharsets.ISO_8859_1).equals("%/");
      if (type == 1 || joliet) {
        int block = sector.getShort(128) & 0xFFFF;
        if (block == 512 || block == 1024 || block == SECTOR) {
          Folder root = new Folder("", start(156, block), unsigned(156 + 10), 0);
          walk(root, block, joliet ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
        } else {
          target.skipped(
              Kind.MALFORMED,
              "",
              "This image has blocks of " + block + " bytes, which none should.");
        }
      }
    }
  }

  private void walk(Folder root, int block, Charset charset) throws IOException {
    Deque<Folder> left = new ArrayDeque<>();
    left.add(root);
    while (!left.isEmpty()) {
      Folder folder = left.remove();
      if (!entered.add(folder.from())) {
        continue;
      }
      folderBytes += folder.count();
      if (folder.from() > length - folder.count() || folderBytes > length) {
        target.skipped(
            Kind.MALFORMED, folder.name(), "This folder goes past the end of the image.");
      } else if (folder.depth() > depth) {
        target.skipped(
            Kind.LIMIT_EXCEEDED,
            folder.name(),
            "Folders are nested more than "
                + depth
                + " deep; raise the limit folderDepth if they are to be read.");
      } else {
        left.addAll(list(folder, block, charset));
      }
    }
  }

  /** Tells of the files of a folder; gives the folders in it. */
  private List<Folder> list(Folder folder, int block, Charset charset) throws IOException {
    List<Folder> folders = new ArrayList<>();
    Piece begun = null;
    for (long at = 0; at < folder.count(); at += SECTOR) {
      read(folder.from() + at);
      int end = (int) Math.min(SECTOR, folder.count() - at);
      int size;
      for (int i = 0; i + 34 <= end && (size = sector.get(i) & 0xFF) >= 34; i += size) {
        int named = sector.get(i + 32) & 0xFF;
        if (i + size > end || 33 + named > size) {
          target.skipped(Kind.MALFORMED, folder.name(), "A folder of the image is damaged.");
          return folders;
        }
        int first = sector.get(i + 33);
        if (named == 1 && (first == 0 || first == 1)) {
          // The folder itself, and the one above.
          continue;
        }
        String name = name(folder, text(i + 33, named, charset));
        int flags = sector.get(i + 25);
        long from = start(i, block);
        long count = unsigned(i + 10);
        if ((flags & DIRECTORY) != 0) {
          folders.add(new Folder(name, from, count, folder.depth() + 1));
        } else if (sector.get(i + 26) != 0) {
          target.skipped(
              Kind.UNSUPPORTED,
              name,
              "This file is interleaved with others; unpack the image first.");
        } else {
          begun = file(begun, new Piece(name, from, count), (flags & CONTINUED) != 0, block);
        }
      }
    }
    return folders;
  }

  /** A file of more than 4 GiB comes in pieces, which lie one behind the other. */
  private record Piece(String name, long from, long count) {}

  private @Nullable Piece file(@Nullable Piece begun, Piece piece, boolean continued, int block)
      throws IOException {
    Piece whole = piece;
    if (begun != null) {
      if (begun.from() + begun.count() != piece.from() || begun.count() % block != 0) {
        target.skipped(
            Kind.UNSUPPORTED,
            piece.name(),
            "This file lies in several places; unpack the image first.");
        return null;
      }
      whole = new Piece(begun.name(), begun.from(), begun.count() + piece.count());
    }
    if (continued) {
      return whole;
    }
    if (whole.count() > 0 && found.add(whole.from())) {
      target.file(whole.name(), whole.from(), whole.count());
    }
    return null;
  }

  private static String name(Folder folder, String raw) {
    int version = raw.lastIndexOf(';');
    String name = version > 0 ? raw.substring(0, version) : raw;
    if (name.endsWith(".") && name.length() > 1 && !name.equals("..")) {
      name = name.substring(0, name.length() - 1);
    }
    StringBuilder shown = new StringBuilder(folder.name());
    shown.append(folder.name().isEmpty() ? "" : "/");
    name.chars().forEach(c -> shown.append(c < ' ' || c == '/' || c == '\\' ? '_' : (char) c));
    return shown.toString();
  }

  /** Where a record's content begins, behind its extended attributes. */
  private long start(int record, int block) {
    return (unsigned(record + 2) + (sector.get(record + 1) & 0xFF)) * block;
  }

  private long unsigned(int at) {
    return sector.getInt(at) & 0xFFFFFFFFL;
  }

  private String text(int from, int count, Charset charset) {
    return new String(sector.array(), from, count, charset);
  }

  private void read(long position) throws IOException {
    sector.clear();
    sector.limit((int) Math.max(0, Math.min(SECTOR, length - position)));
    int there = sector.limit();
    image.read(position, sector);
    sector.clear();
    Arrays.fill(sector.array(), there, SECTOR, (byte) 0);
  }
}
