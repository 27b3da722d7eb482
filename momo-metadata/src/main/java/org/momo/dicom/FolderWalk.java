package org.momo.dicom;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;

/**
 * Finds every regular file below a folder, in the order of their names.
 *
 * <p>A link to a file is that file. A link to a folder is entered where it leads inside and the
 * folder was not entered yet, so circles end and a medium cannot send the walk elsewhere. Devices
 * and pipes are left alone.
 *
 * <p>This class is not thread-safe.
 */
final class FolderWalk {
  private final Path root;
  private final ReadLimits limits;
  private final Consumer<? super ReadProblem> problems;
  private final Set<Object> entered = new HashSet<>();
  private final Path realRoot;

  FolderWalk(Path root, ReadLimits limits, Consumer<? super ReadProblem> problems)
      throws IOException {
    this.root = root;
    this.limits = limits;
    this.problems = problems;
    this.realRoot = root.toRealPath();
  }

  /**
   * Visits each file.
   *
   * @throws IOException if the root cannot be listed, or the visitor fails
   */
  void forEach(Medium.Visitor visitor) throws IOException {
    entered.add(key(root, Files.readAttributes(root, BasicFileAttributes.class)));
    visit(root, 0, visitor);
  }

  private void visit(Path folder, int depth, Medium.Visitor visitor) throws IOException {
    Path[] children = children(folder, depth == 0);
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < children.length; i++) {
      Path child = children[i];
      // A folder may hold a million files; each is let go of when it is done.
      children[i] = root;
      BasicFileAttributes attributes;
      try {
        attributes =
            Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean link = attributes.isSymbolicLink();
        if (link) {
          attributes = Files.readAttributes(child, BasicFileAttributes.class);
        }
        if (!attributes.isRegularFile() && !attributes.isDirectory()) {
          skip(child, "This is neither a file nor a folder.");
          continue;
        }
        if (attributes.isDirectory() && link && !child.toRealPath().startsWith(realRoot)) {
          skip(child, "This link leads to a folder outside, so it is not followed.");
          continue;
        }
        if (attributes.isDirectory() && !entered.add(key(child, attributes))) {
          skip(child, "This link leads to a folder that was entered already.");
          continue;
        }
      } catch (IOException e) {
        skip(child, "This cannot be opened; a link may be broken, or a permission missing.");
        continue;
      }
      if (attributes.isRegularFile()) {
        visitor.visit(Medium.Entry.ofFile(child, attributes.size()));
      } else if (depth + 1 > limits.folderDepth()) {
        problems.accept(
            ReadProblem.of(
                Kind.LIMIT_EXCEEDED,
                child.toString(),
                "Folders are nested more than "
                    + limits.folderDepth()
                    + " deep; raise the limit folderDepth if they are to be read."));
      } else {
        folders.add(child);
      }
    }
    for (Path child : folders) {
      visit(child, depth + 1, visitor);
    }
  }

  private Path[] children(Path folder, boolean isRoot) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (IOException | DirectoryIteratorException e) {
      if (isRoot && e instanceof IOException failure) {
        throw failure;
      }
      skip(folder, "This folder cannot be listed; a permission may be missing.");
    }
    Path[] sorted = children.toArray(Path[]::new);
    Arrays.sort(sorted);
    return sorted;
  }

  private static Object key(Path path, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return key == null ? path.toRealPath() : key;
  }

  private void skip(Path path, String why) {
    problems.accept(ReadProblem.of(Kind.UNREADABLE, path.toString(), why));
  }
}
