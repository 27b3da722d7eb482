package org.momo.dicom;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.internal.Gathering;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Study;
import org.momo.study.StudyAssembler;

/**
 * Reads all files of a place, in batches, with several threads, and groups them.
 *
 * <p>Batches are absorbed in the order of the walk, so that studies and problems come out alike
 * whatever the number of threads.
 *
 * <p>This class is not thread-safe.
 */
final class PlaceReader implements AutoCloseable {
  private static final int BATCH = 32;
  private static final int BATCHES_AHEAD = 4;

  private final ReadOptions options;
  private final Consumer<? super ReadProblem> problems;
  private final StudyAssembler assembler = new StudyAssembler();
  private final ConcurrentLinkedQueue<FileReader> idle = new ConcurrentLinkedQueue<>();
  private final @Nullable ExecutorService threads;
  private final Deque<Future<Batch>> pending = new ArrayDeque<>();
  private List<Medium.Entry> collected = new ArrayList<>(BATCH);
  private final Deque<Medium.Entry> media = new ArrayDeque<>();
  private long entries;

  private PlaceReader(ReadOptions options, Consumer<? super ReadProblem> problems) {
    this.options = options;
    this.problems = problems;
    this.threads =
        options.threads() == 1
            ? null
            : Executors.newFixedThreadPool(
                options.threads(),
                task -> {
                  Thread thread = new Thread(task, "momo-reader");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  static Stream<Study> studies(
      Path place, ReadOptions options, Consumer<? super ReadProblem> problems) throws IOException {
    try {
      return found(place, options, problems);
    } catch (ClosedByInterruptException e) {
      throw FileReader.interrupted(e);
    }
  }

  private static Stream<Study> found(
      Path place, ReadOptions options, Consumer<? super ReadProblem> problems) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(place, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      FileNotFoundException absent =
          new FileNotFoundException(place + " does not exist; name a folder or a file that does.");
      absent.initCause(e);
      throw absent;
    }
    if (!attributes.isDirectory() && Medium.isJson(place)) {
      return DicomJson.source(place, options).studies(problems);
    }
    try (PlaceReader reader = new PlaceReader(options, problems)) {
      if (attributes.isDirectory()) {
        reader.folder(place);
      } else {
        reader.file(place, attributes.size());
      }
      return reader.finish().stream();
    }
  }

  private void folder(Path folder) throws IOException {
    addAll(new FolderWalk(folder, options.limits(), problems)::forEach);
  }

  private void file(Path file, long size) throws IOException {
    Path real = file.toAbsolutePath().normalize();
    Path parent = real.getParent();
    if (parent != null && Medium.isDirectory(file)) {
      Path given = file.getParent();
      folder(given == null ? Path.of("") : given);
      return;
    }
    add(Medium.Entry.ofFile(file, size));
  }

  private interface Walk {
    void forEach(Medium.Visitor visitor) throws IOException;
  }

  /** Adds files up to the limit, at which a place ends. */
  private void addAll(Walk files) throws IOException {
    try {
      files.forEach(this::add);
    } catch (TooManyException e) {
      problems.accept(e.problem);
      media.clear();
    }
  }

  private void add(Medium.Entry entry) throws IOException {
    if (entries == options.limits().entries()) {
      throw new TooManyException(
          ReadProblem.of(
              Kind.LIMIT_EXCEEDED,
              entry.name(),
              "There are more than "
                  + options.limits().entries()
                  + " files, and this one and those after it are not read; raise the limit entries"
                  + " if they are to be."));
    }
    entries++;
    collected.add(entry);
    if (collected.size() == BATCH) {
      submit();
    }
  }

  private void submit() throws IOException {
    List<Medium.Entry> batch = collected;
    collected = new ArrayList<>(BATCH);
    if (threads == null) {
      absorb(read(batch));
      return;
    }
    pending.add(threads.submit(() -> read(batch)));
    while (pending.size() > BATCHES_AHEAD * options.threads()) {
      absorb(result(pending.remove()));
    }
  }

  private static Batch result(Future<Batch> future) throws IOException {
    try {
      // A future that is done would let an interrupt pass.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("Reading was interrupted.");
      }
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Reading was interrupted.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      if (e.getCause() instanceof InterruptedIOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  private Batch read(List<Medium.Entry> entriesOfBatch) throws IOException {
    FileReader reader = idle.poll();
    if (reader == null) {
      reader = new FileReader(options);
    }
    Batch batch =
        new Batch(new ArrayList<>(entriesOfBatch.size()), new ArrayList<>(0), new ArrayList<>(0));
    for (Medium.Entry entry : entriesOfBatch) {
      reader.read(entry, batch.instances()::add, batch.media()::add, batch.problems()::add);
    }
    idle.add(reader);
    return batch;
  }

  private void absorb(Batch batch) {
    batch.problems().forEach(problems);
    media.addAll(batch.media());
    for (Instance instance : batch.instances()) {
      Gathering.add(assembler, instance, problems);
    }
  }

  private List<Study> finish() throws IOException {
    absorbAll();
    Medium.Unpacking unpacking = new Medium.Unpacking(options.limits().inflatedBytes());
    while (!media.isEmpty()) {
      Medium.Entry next = media.remove();
      try {
        addAll(Medium.open(next, options, unpacking, problems)::forEach);
      } catch (DicomException e) {
        problems.accept(e.problem());
      }
      if (media.isEmpty()) {
        absorbAll();
      }
    }
    return assembler.studies();
  }

  private void absorbAll() throws IOException {
    submit();
    while (!pending.isEmpty()) {
      absorb(result(pending.remove()));
    }
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
  }

  /** Ends a walk at the limit. */
  private static final class TooManyException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient ReadProblem problem;

    TooManyException(ReadProblem problem) {
      super(problem.toString());
      this.problem = problem;
    }
  }

  private record Batch(
      List<Instance> instances, List<Medium.Entry> media, List<ReadProblem> problems) {}
}
