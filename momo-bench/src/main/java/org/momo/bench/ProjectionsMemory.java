package org.momo.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import org.momo.imaging.projection.Accumulator;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.projection.Voxels;

/**
 * What three projections allocate, all in all, against the volume itself: {@code momo-bench/ratios
 * projections-memory}. Nothing is held that was not allocated, so it bounds the peak from above.
 */
final class ProjectionsMemory implements Ratio {
  private static final int SLICES = 300;
  private static final int SIZE = 512;

  @Override
  public String name() {
    return "projections-memory";
  }

  @Override
  public Outcome measure(boolean quick) {
    short[][] slices = new short[SLICES][SIZE * SIZE];
    Voxels volume = Voxels.ofShorts(slices, SIZE, SIZE);
    long held = allocated(projector -> projector.project(volume));
    long streamed =
        allocated(
            projector -> {
              Accumulator accumulator = projector.accumulator(SLICES, SIZE, SIZE, volume.type());
              for (short[] slice : slices) {
                accumulator.add(Voxels.ofShorts(new short[][] {slice}, SIZE, SIZE));
              }
              accumulator.finish();
            });
    return new Measured(
        streamed / (2.0 * SLICES * SIZE * SIZE),
        "times the volume's own bytes are allocated: %d x %d x %d int16, one thread, %.1f MB slice by slice, %.1f MB where the volume is in memory"
            .formatted(SIZE, SIZE, SLICES, streamed / 1e6, held / 1e6));
  }

  /** In the heap and outside it, by a projector that holds no memory of a picture before. */
  private static long allocated(Consumer<Projector> work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Projector before = Projector.builder().size(SIZE).build();
    work.accept(before);
    Projector projector = Projector.builder().size(SIZE).build();
    long outside = outside();
    long heap = threads.getCurrentThreadAllocatedBytes();
    work.accept(projector);
    heap = threads.getCurrentThreadAllocatedBytes() - heap;
    outside = outside() - outside;
    // What the first one holds must not be let go of meanwhile.
    Reference.reachabilityFence(before);
    Reference.reachabilityFence(projector);
    return heap + outside;
  }

  private static long outside() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getTotalCapacity)
        .sum();
  }
}
