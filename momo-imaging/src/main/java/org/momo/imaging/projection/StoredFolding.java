package org.momo.imaging.projection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.projection.DepthSchedule.Block;
import org.momo.spi.Tensor;

/**
 * Slices of 16 bits that need no resampling before the depth. They wait as they are until their
 * block is whole and are then widened line by line, so that the rows of a line stay in the cache
 * until they are folded; lines keep only what the next block needs of them.
 */
final class StoredFolding extends DeepFolding {

  /** What one thread works with. */
  private static final class Worker {
    final RowSplitter splitter;
    final ArrayDeque<float[]> spare = new ArrayDeque<>();

    Worker(RowSplitter splitter) {
      this.splitter = splitter;
    }
  }

  private final RowSplitter order;
  private final Scratch scratch;
  private final Scratch.Rooms rooms;
  private final @Nullable ByteBuffer[] window;
  private final IntBuffer[] pairs;
  private final @Nullable Worker[] workers;

  StoredFolding(
      DepthSchedule schedule,
      int width,
      Picture picture,
      Teamwork team,
      ShortSlices first,
      Scratch scratch) {
    super(
        schedule,
        width,
        picture,
        team,
        lines(schedule, width, first.rows()),
        new RowSplitter(first).bias());
    this.order = new RowSplitter(first);
    this.scratch = scratch;
    this.rooms = scratch.take(width, first.rows() * first.columns() * Short.BYTES);
    this.window = new ByteBuffer[most(schedule)];
    this.pairs = new IntBuffer[window.length];
    this.workers = new Worker[team.threads()];
  }

  private static Line[] lines(DepthSchedule schedule, int width, int count) {
    Line[] lines = new Line[count];
    for (int i = 0; i < count; i++) {
      lines[i] = Line.lean(schedule, width);
    }
    return lines;
  }

  private static int most(DepthSchedule schedule) {
    return schedule.blocks().stream()
        .mapToInt(block -> block.need() - block.loaded())
        .max()
        .orElse(0);
  }

  @Override
  void read(Voxels more, int first, int from, int to, Block current) {
    ShortSlices slices = (ShortSlices) more;
    if (!order.fits(slices)) {
      throw new IllegalArgumentException("slices must all have the same bits, sign and offset");
    }
    int place = from - current.loaded();
    team()
        .run(
            to - from,
            number ->
                piece ->
                    pairs[place + piece] =
                        slices
                            .slice(from - first + piece, room(place + piece))
                            .slice()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asIntBuffer());
  }

  private ByteBuffer room(int place) {
    ByteBuffer found = window[place];
    if (found == null) {
      found = rooms.slice();
      window[place] = found;
    }
    return found;
  }

  @Override
  void fold(Block current) {
    Line[] lines = lines();
    int atATime = RowSplitter.LINES;
    team()
        .run(
            (lines.length + atATime - 1) / atATime,
            number -> {
              DepthKernel kernel = kernel(number);
              Worker worker = worker(number);
              return piece -> {
                int row = piece * atATime;
                int count = Math.min(atATime, lines.length - row);
                for (int i = row; i < row + count; i++) {
                  lines[i].borrow(worker.spare, rooms, current);
                }
                for (int z = current.loaded(); z < current.need(); z++) {
                  worker.splitter.read(pairs[z - current.loaded()], z, row, lines, row, count);
                }
                for (int i = row; i < row + count; i++) {
                  kernel.process(current, lines[i]);
                  lines[i].giveBack(worker.spare, current);
                }
              };
            });
  }

  private Worker worker(int number) {
    Worker found = workers[number];
    if (found == null) {
      found = new Worker(order.another());
      workers[number] = found;
    }
    return found;
  }

  @Override
  public Tensor finish() {
    Tensor tensor = super.finish();
    ArrayDeque<float[]> rows = new ArrayDeque<>();
    for (Line line : lines()) {
      line.giveBack(rows);
    }
    for (Worker worker : workers) {
      if (worker != null) {
        rows.addAll(worker.spare);
      }
    }
    rows.forEach(rooms::giveBack);
    for (ByteBuffer slice : window) {
      if (slice != null) {
        rooms.giveBack(slice);
      }
    }
    scratch.keep(rooms);
    return tensor;
  }

  @Override
  IntUnaryOperator order() {
    return order::position;
  }
}
