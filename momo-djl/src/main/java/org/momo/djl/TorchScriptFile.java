package org.momo.djl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Looks a TorchScript file over before native code does. */
final class TorchScriptFile {
  private static final int MOST_ENTRIES = 200_000;
  private static final long MOST_BYTES = 8L << 30;

  private TorchScriptFile() {}

  /** Compares what was read of an entry, all of it, with the checksum that the zip states. */
  static void requireSum(Path file, ZipEntry entry, CheckedInputStream read) throws IOException {
    if (read.getChecksum().getValue() != entry.getCrc()) {
      throw new IOException(
          file + ": " + entry.getName() + " is damaged: its checksum is another than it should be");
    }
  }

  /**
   * Refuses what is no TorchScript, and what is damaged: every entry's checksum is compared.
   *
   * @throws IOException with a message that names the file and, where there is one, the entry
   */
  static void requireSound(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MOST_ENTRIES) {
        throw new IOException(file + " has " + zip.size() + " entries, more than a network needs");
      }
      boolean script = false;
      long bytes = 0;
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        script |= entry.getName().matches("[^/]+/constants\\.pkl");
        bytes += Math.max(0, entry.getSize());
        if (bytes > MOST_BYTES || entry.getMethod() != ZipEntry.STORED) {
          throw new IOException(
              file + ": " + entry.getName() + " is packed or too large; TorchScript is neither");
        }
        try (CheckedInputStream in =
            new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
          in.transferTo(OutputStream.nullOutputStream());
          requireSum(file, entry, in);
        }
      }
      if (!script) {
        throw new IOException(
            file
                + " is no TorchScript but, it seems, a state dict; name its architecture in the"
                + " manifest and call it .pth, or save it with torch.jit.save");
      }
    } catch (ZipException e) {
      throw new IOException(file + " is no TorchScript: it is no zip, or a damaged one", e);
    }
  }
}
