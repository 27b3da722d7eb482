package org.momo.dicom.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomException;
import org.momo.dicom.Vr;
import org.momo.dicom.internal.Content;
import org.momo.dicom.internal.StoredPixels;
import org.momo.dicom.internal.TransferSyntax;
import org.momo.study.Header;
import org.momo.study.PixelData;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

/**
 * Frames that lie on a server, as they are stored there. Where it knows no frames, the bulk data
 * that its metadata refer to.
 *
 * <p>This class is thread-safe.
 */
final class WebPixels implements PixelData {
  private static final String STORED =
      "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*";
  private static final int SLACK = 1 << 16;

  private final Http http;
  private final Header header;
  private final URI instance;
  private final @Nullable URI bulkData;
  private final int frameBytes;
  private final int bulkBytes;
  private volatile @Nullable String syntax;
  private volatile Parts.@Nullable Part first;

  WebPixels(
      Http http,
      Header header,
      URI instance,
      @Nullable URI bulkData,
      int frameBytes,
      int bulkBytes) {
    this.http = http;
    this.header = header;
    this.instance = instance;
    this.bulkData = bulkData;
    this.frameBytes = frameBytes;
    this.bulkBytes = bulkBytes;
  }

  /**
   * Asks the server for the first frame, which says how it is encoded, if nothing was asked yet.
   */
  @Override
  public String transferSyntax() {
    String known = syntax;
    if (known != null) {
      return known;
    }
    try {
      Parts.Part part = fetched(0);
      first = part;
      return syntaxOf(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int frames() {
    double stated = header.number(Tag.NUMBER_OF_FRAMES).orElse(1.0);
    return stated >= 1 && stated <= Integer.MAX_VALUE ? (int) stated : 1;
  }

  @Override
  public ByteBuffer frame(int index) throws IOException {
    Objects.checkIndex(index, frames());
    boolean whole = TransferSyntax.isVideo(Objects.requireNonNullElse(syntax, ""));
    Parts.Part part = index == 0 || whole ? first : null;
    if (part == null) {
      part = fetched(whole ? 0 : index);
    } else {
      first = null;
    }
    String encoding = syntaxOf(part);
    if (!TransferSyntax.isNative(encoding)) {
      return ByteBuffer.wrap(part.content()).asReadOnlyBuffer();
    }
    return samples(part.content(), encoding, 0);
  }

  private ByteBuffer samples(byte[] content, String encoding, int index) throws IOException {
    return new StoredPixels(
            header,
            Content.ofBytes(content, instance.toString()),
            encoding,
            0,
            content.length,
            Tag.PIXEL_DATA,
            Vr.OB,
            frameBytes)
        .cut(index);
  }

  private String syntaxOf(Parts.Part part) {
    // PS3.18 8.7.3.5.2: octets without a stated syntax are explicit little endian.
    String encoding =
        part.transferSyntax().isEmpty() ? TransferSyntax.EXPLICIT_LITTLE : part.transferSyntax();
    syntax = encoding;
    return encoding;
  }

  private Parts.Part fetched(int index) throws IOException {
    URI uri = URI.create(instance + "/frames/" + (index + 1));
    try {
      List<Parts.Part> parts =
          Parts.of(
              http.get(
                  uri, STORED, (int) Math.min(Integer.MAX_VALUE - 8L, (long) frameBytes + SLACK)));
      if (parts.size() != 1) {
        throw new DicomException(
            ReadProblem.of(
                Kind.MALFORMED,
                uri.toString(),
                "The answer should hold one frame and holds " + parts.size() + "."));
      }
      return parts.get(0);
    } catch (Http.RefusedException e) {
      URI all = bulkData;
      if (all == null || e.status() == 401 || e.status() == 403) {
        throw e;
      }
      return fromBulkData(all, index);
    }
  }

  private Parts.Part fromBulkData(URI uri, int index) throws IOException {
    List<Parts.Part> parts = Parts.of(http.get(uri, STORED, bulkBytes));
    if (parts.size() == frames() && parts.size() > 1) {
      return parts.get(index);
    }
    if (parts.size() == 1) {
      Parts.Part whole = parts.get(0);
      String encoding = syntaxOf(whole);
      if (TransferSyntax.isNative(encoding)) {
        ByteBuffer frame = samples(whole.content(), encoding, index);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return new Parts.Part(bytes, encoding);
      }
      if (frames() == 1 || TransferSyntax.isVideo(encoding)) {
        return whole;
      }
    }
    throw new DicomException(
        ReadProblem.of(
            Kind.MALFORMED,
            Http.place(uri),
            "The bulk data do not tell which of them belong to frame " + index + "."));
  }
}
