package org.momo.catalogue.internal;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.momo.spi.ConfigurationException;

/**
 * Opens XLSX workbooks that may be hostile.
 *
 * <p>The reader makes a list as long as the column that a cell claims to stand in, so a workbook of
 * 2 kB can ask for gigabytes. Each part is therefore unpacked and walked through once before, by
 * the same zip and XML readers, which then see the same.
 *
 * <p>This class is thread-safe.
 */
public final class Workbooks {
  /** What the parts of a workbook may unpack to together. */
  public static final int MOST_UNPACKED = 128 << 20;

  private static final int MOST_PARTS = 1000;
  private static final int MOST_CELLS = 16_384;
  private static final Pattern PLACE = Pattern.compile("([A-Z]{1,2}|[A-X][A-Z]{2})[0-9]{1,7}");

  private final String where;
  private final XMLInputFactory xml = new InputFactoryImpl();
  private long unpacked;

  private Workbooks(String where) {
    this.where = where;
    xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  /**
   * Checks and opens a workbook.
   *
   * @param where how messages name it
   * @param bytes the workbook
   * @return to be closed by the caller
   * @throws ConfigurationException if it is no workbook, unpacks to too much, or has cells where
   *     none can be
   * @throws IOException if it is no workbook
   */
  public static ReadableWorkbook open(String where, byte[] bytes) throws IOException {
    new Workbooks(where).check(bytes);
    return new ReadableWorkbook(new ByteArrayInputStream(bytes), new ReadingOptions(false, false));
  }

  private void check(byte[] bytes) throws IOException {
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
      if (entries.size() > MOST_PARTS) {
        throw new ConfigurationException(
            where + " has more than " + MOST_PARTS + " parts and is not read");
      }
      for (ZipArchiveEntry entry : entries) {
        if (!entry.isDirectory()) {
          try (InputStream in = new Counted(zip.getInputStream(entry))) {
            walk(in);
            in.transferTo(OutputStream.nullOutputStream());
          }
        }
      }
    }
  }

  private void walk(InputStream in) throws IOException {
    try {
      XMLStreamReader reader = xml.createXMLStreamReader(in);
      int cells = 0;
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          String name = reader.getLocalName();
          if (name.equals("row")) {
            cells = 0;
          } else if (name.equals("c")) {
            cell(reader, ++cells);
          }
        }
      }
    } catch (XMLStreamException e) {
      // What is no XML, a picture for instance, is not read further; nor will the reader do so.
      if (e.getNestedException() instanceof IOException broken) {
        throw broken;
      }
    }
  }

  private void cell(XMLStreamReader reader, int number) {
    if (number > MOST_CELLS) {
      throw new ConfigurationException(
          where + " has a row of more than " + MOST_CELLS + " cells and is not read");
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals("r")
          && !PLACE.matcher(reader.getAttributeValue(i)).matches()) {
        throw new ConfigurationException(
            where + " has a cell in a place that no sheet has, and is not read");
      }
    }
  }

  /** Counts what all parts unpack to, since what a zip says of its own sizes need not be true. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    private int count(int read) {
      unpacked += Math.max(0, read);
      if (unpacked > MOST_UNPACKED) {
        throw new ConfigurationException(
            where + " unpacks to more than " + MOST_UNPACKED + " bytes and is not read");
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return count(super.read(bytes, from, length));
    }

    @Override
    public long skip(long wanted) throws IOException {
      return Math.max(0, read(new byte[(int) Math.max(0, Math.min(wanted, 1 << 13))]));
    }
  }
}
