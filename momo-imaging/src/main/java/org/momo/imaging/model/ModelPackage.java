package org.momo.imaging.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;
import org.momo.spi.ModelSpec;

/**
 * A folder or a zip of a {@code model.yaml} and the files that it names, each checked against its
 * SHA-256.
 *
 * <p>A zip is unpacked to a folder of its own until the package is closed: of a zip only what the
 * manifest names, under the names that it gives. Nothing is read that leads out of the package.
 *
 * <p>This class is thread-safe.
 */
public final class ModelPackage implements AutoCloseable {
  /** The manifest's name in the package. */
  public static final String MANIFEST = "model.yaml";

  private static final long MOST_BYTES = 8L << 30;
  private static final int MOST_ENTRIES = 1000;
  // Weights hardly shrink: what grows a hundredfold is no network.
  private static final int MOST_TIMES_LARGER = 100;
  private static final long SMALL = 1 << 20;

  private final Path place;
  private final Path folder;
  private final @Nullable Path unpacked;
  private final ModelManifest manifest;

  private ModelPackage(Path place, Path folder, @Nullable Path unpacked, ModelManifest manifest) {
    this.place = place;
    this.folder = folder;
    this.unpacked = unpacked;
    this.manifest = manifest;
  }

  /**
   * Opens a package and checks its files.
   *
   * @param place a folder, or a zip that holds {@code model.yaml} at its top or in the one folder
   *     at its top
   * @return the package
   * @throws ConfigurationException if it is no package, its manifest is wrong, or a file is missing
   *     or is not what its SHA-256 says; the message names the file
   * @throws IOException if reading fails
   */
  public static ModelPackage open(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      return ofFolder(place, place, null);
    }
    if (!Files.isRegularFile(place)) {
      throw new ConfigurationException("there is no model package " + place);
    }
    return ofZip(place);
  }

  /**
   * Reads the manifest alone; no other file is looked at.
   *
   * @param place a folder or a zip
   * @return the manifest
   * @throws ConfigurationException if it is no package, or its manifest is wrong
   * @throws IOException if reading fails
   */
  public static ModelManifest manifestOf(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      return manifest(place, place);
    }
    if (!Files.isRegularFile(place)) {
      throw new ConfigurationException("there is no model package " + place);
    }
    try (ZipFile zip = zip(place)) {
      return manifest(place, zip, top(place, zip));
    } catch (ZipException | EOFException e) {
      throw new ConfigurationException(place + " is a zip that cannot be read whole", e);
    }
  }

  private static ModelPackage ofFolder(Path place, Path folder, @Nullable Path unpacked)
      throws IOException {
    ModelManifest manifest = manifest(place, folder);
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.isRegularFile(path)) {
        throw new ConfigurationException(
            place + " has no file " + file.getKey() + ", which its manifest names");
      }
      if (!path.toRealPath().startsWith(folder.toRealPath())) {
        throw new ConfigurationException(
            place + ": the file " + file.getKey() + " is a link that leads out of the package");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw tooLarge(place, file.getKey());
      }
      MessageDigest digest = sha256();
      try (InputStream in = Files.newInputStream(path)) {
        copy(in, null, digest, place, file.getKey(), MOST_BYTES);
      }
      requireHash(place, file.getKey(), file.getValue(), digest);
    }
    return new ModelPackage(place, folder, unpacked, manifest);
  }

  private static ModelManifest manifest(Path place, Path folder) throws IOException {
    Path file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(place + " is no model package: it has no " + MANIFEST);
    }
    if (Files.size(file) > ManifestYaml.MOST_BYTES) {
      throw new ConfigurationException(file + " is too large for a manifest");
    }
    return ModelManifest.parse(file.toString(), text(file.toString(), Files.readAllBytes(file)));
  }

  private static String text(String where, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(where + " is not UTF-8", e);
    }
  }

  private static ModelPackage ofZip(Path place) throws IOException {
    Path target = null;
    try (ZipFile zip = zip(place)) {
      String top = top(place, zip);
      ModelManifest manifest = manifest(place, zip, top);
      target = Files.createTempDirectory("momo-model");
      long left = MOST_BYTES;
      for (Map.Entry<String, String> file : manifest.files().entrySet()) {
        ZipEntry entry = zip.getEntry(top + file.getKey());
        if (entry == null || entry.isDirectory()) {
          throw new ConfigurationException(
              place + " has no file " + file.getKey() + ", which its manifest names");
        }
        long most =
            Math.min(left, SMALL + MOST_TIMES_LARGER * Math.max(0, entry.getCompressedSize()));
        Path path = target.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        MessageDigest digest = sha256();
        try (InputStream in = zip.getInputStream(entry);
            OutputStream out = Files.newOutputStream(path)) {
          left -= copy(in, out, digest, place, file.getKey(), most);
        }
        requireHash(place, file.getKey(), file.getValue(), digest);
      }
      return new ModelPackage(place, target, target, manifest);
    } catch (ZipException | EOFException e) {
      delete(target);
      throw new ConfigurationException(place + " is a zip that cannot be read whole", e);
    } catch (IOException | RuntimeException | Error e) {
      delete(target);
      throw e;
    }
  }

  private static ZipFile zip(Path place) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(place.toFile());
    } catch (ZipException | IllegalArgumentException e) {
      throw new ConfigurationException(
          place + " is no model package: it is neither a folder nor a zip", e);
    }
    if (zip.size() > MOST_ENTRIES) {
      zip.close();
      throw new ConfigurationException(
          place + " has more than " + MOST_ENTRIES + " entries, too many for a model package");
    }
    return zip;
  }

  /** The folder of the zip that holds the manifest: an empty text, or a name that ends with /. */
  private static String top(Path place, ZipFile zip) {
    if (zip.getEntry(MANIFEST) != null) {
      return "";
    }
    List<String> found =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith("/" + MANIFEST))
            .filter(name -> name.indexOf('/') == name.length() - MANIFEST.length() - 1)
            .toList();
    if (found.size() != 1) {
      throw new ConfigurationException(
          place
              + " is no model package: it has "
              + (found.isEmpty() ? "no " + MANIFEST : "several folders with a " + MANIFEST));
    }
    return found.get(0).substring(0, found.get(0).length() - MANIFEST.length());
  }

  private static ModelManifest manifest(Path place, ZipFile zip, String top) throws IOException {
    ZipEntry entry = zip.getEntry(top + MANIFEST);
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(ManifestYaml.MOST_BYTES + 1);
      String where = place + "!" + top + MANIFEST;
      if (bytes.length > ManifestYaml.MOST_BYTES) {
        throw new ConfigurationException(where + " is too large for a manifest");
      }
      return ModelManifest.parse(where, text(where, bytes));
    }
  }

  private static long copy(
      InputStream in,
      @Nullable OutputStream out,
      MessageDigest digest,
      Path place,
      String name,
      long most)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long all = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      all += n;
      if (all > most) {
        throw tooLarge(place, name);
      }
      digest.update(buffer, 0, n);
      if (out != null) {
        out.write(buffer, 0, n);
      }
    }
    return all;
  }

  private static ConfigurationException tooLarge(Path place, String name) {
    return new ConfigurationException(
        place + ": the file " + name + " is larger than a model package may be");
  }

  private static void requireHash(Path place, String name, String wanted, MessageDigest digest) {
    String is = HexFormat.of().formatHex(digest.digest());
    if (!is.equals(wanted)) {
      throw new ConfigurationException(
          place
              + ": the file "
              + name
              + " has the SHA-256 "
              + is
              + ", and the manifest says "
              + wanted
              + ": the file is damaged or of another version");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void delete(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /**
   * Where the package came from.
   *
   * @return the folder or zip
   */
  public Path place() {
    return place;
  }

  /**
   * What the package says of itself.
   *
   * @return the manifest
   */
  public ModelManifest manifest() {
    return manifest;
  }

  /**
   * A file of the package, whose SHA-256 was right when the package was opened.
   *
   * @param name one of the manifest's {@link ModelManifest#files}
   * @return the file
   * @throws IllegalArgumentException if the manifest does not name it
   */
  public Path file(String name) {
    if (!manifest.files().containsKey(name)) {
      throw new IllegalArgumentException("the manifest does not name the file " + name);
    }
    return folder.resolve(name);
  }

  /**
   * The network as a backend needs to know it.
   *
   * @return the specification
   */
  public ModelSpec spec() {
    return new ModelSpec(
        manifest.name(),
        manifest.version(),
        file(manifest.network()).toAbsolutePath(),
        manifest.channels(),
        manifest.height(),
        manifest.width(),
        manifest.classes(),
        manifest.attributes());
  }

  /**
   * Deletes what was unpacked. Calling it again does nothing.
   *
   * @throws IOException if deleting fails
   */
  @Override
  public void close() throws IOException {
    if (unpacked != null && Files.exists(unpacked)) {
      delete(unpacked);
    }
  }

  /** Name, version and place. */
  @Override
  public String toString() {
    return "ModelPackage[" + manifest + ", " + place + "]";
  }
}
