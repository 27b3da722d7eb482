package org.momo.imaging.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.codec.PixelDecoders;
import org.momo.imaging.volume.ImageStack.Axis;
import org.momo.imaging.volume.ImageStack.Source;
import org.momo.imaging.volume.Note.Kind;
import org.momo.spi.PixelException;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.Series;
import org.momo.study.Tag;

/**
 * The stacks of slices that a series holds.
 *
 * <p>This class is immutable.
 */
public final class SeriesStacks {
  /*
   * In this order, each step leaving a note where it does something:
   *
   *   1. objects that are no examination are left out (SOP class, ImageType, the published words);
   *   2. frames are listed: an enhanced object's with the geometry of its functional groups, a mosaic's tiles;
   *   3. of several sizes the most frequent one stays, as published;
   *   4. what has a position is split by orientation; where positions repeat, by ImageType, echo, b-value and phase,
   *      as long as that tells the repetitions apart; what still repeats is time, of which the middle step is taken;
   *   5. slices are sorted along their normal, then by InstanceNumber, then by UID;
   *   6. what has no position is sorted as numbered: slices of a body in CT, MR, PT, NM, a cine run if it is one
   *      multi-frame object of another modality, else views.
   *
   * The largest stack comes first; of equal ones the one whose key comes first.
   */
  private static final Set<String> BODIES = Set.of("CT", "MR", "PT", "NM", "OPT", "OCT");
  private static final double SAME_PLACE = 0.01;

  private static final int EFFECTIVE_ECHO_TIME = 0x00189082;
  private static final int MR_ECHO_SEQUENCE = 0x00189114;
  private static final int MR_DIFFUSION_SEQUENCE = 0x00189117;
  private static final int SIEMENS_B_VALUE = 0x0019100C;
  private static final int PHILIPS_B_VALUE = 0x20011003;
  private static final int GE_B_VALUE = 0x00431039;
  private static final int SIEMENS_MOSAIC_IMAGES = 0x0019100A;
  private static final int SIEMENS_ACQUISITION_MATRIX = 0x0051100B;
  private static final int CARDIAC_PHASE = 0x00209241;

  private final List<ImageStack> stacks;
  private final List<Note> notes;
  private final Optional<String> reason;

  private SeriesStacks(List<ImageStack> stacks, List<Note> notes, @Nullable String reason) {
    this.stacks = List.copyOf(stacks);
    this.notes = List.copyOf(notes);
    this.reason = Optional.ofNullable(reason);
  }

  /**
   * Sorts a series into stacks. No pixel is read.
   *
   * @param series what came in
   * @param options how to read it
   * @return the stacks, and what was noticed
   */
  public static SeriesStacks of(Series series, ImageOptions options) {
    return new Assembly(series, options).assemble();
  }

  /**
   * The stacks.
   *
   * @return the largest first; empty where there is nothing to see, and then {@link #reason} says
   *     why
   */
  public List<ImageStack> stacks() {
    return stacks;
  }

  /**
   * What was noticed.
   *
   * @return the notes, in the order in which they came up
   */
  public List<Note> notes() {
    return notes;
  }

  /**
   * Why there is no stack.
   *
   * @return one sentence, or empty where there is a stack
   */
  public Optional<String> reason() {
    return reason;
  }

  /** One frame on its way into a stack. */
  private static final class Item {
    final Source source;
    final Header header;
    final Header group;
    final int index;
    final int rows;
    final int columns;
    double @Nullable [] orientation;
    double @Nullable [] position;
    double along;

    Item(Source source, Header header, Header group, int index, int rows, int columns) {
      this.source = source;
      this.header = header;
      this.group = group;
      this.index = index;
      this.rows = rows;
      this.columns = columns;
    }
  }

  private static final class Assembly {
    private final Series series;
    private final ImageOptions options;
    private final String modality;
    private final List<Note> notes = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final Map<String, Integer> unreadable = new TreeMap<>();
    private final List<List<Item>> runs = new ArrayList<>();
    private int inRuns;
    private boolean limited;

    Assembly(Series series, ImageOptions options) {
      this.series = Objects.requireNonNull(series, "series");
      this.options = Objects.requireNonNull(options, "options");
      this.modality = series.modality();
    }

    SeriesStacks assemble() {
      if (options.exclusions()) {
        Optional<String> word = Exclusion.wordOf(series.header(), options.excludedWords());
        if (word.isPresent()) {
          return nothing("the series' description holds the word '" + word.get() + "'");
        }
      }
      for (Instance instance : series.instances()) {
        list(instance);
      }
      leftOut.forEach(
          (what, count) ->
              notes.add(
                  new Note(
                      Kind.LEFT_OUT,
                      count + (count == 1 ? " object is " : " objects are each ") + what)));
      unreadable.forEach(
          (what, count) ->
              notes.add(
                  new Note(
                      Kind.UNREADABLE, count + (count == 1 ? " object: " : " objects: ") + what)));
      if (limited) {
        notes.add(
            new Note(
                Kind.LIMIT,
                "the series has more than " + options.limits().framesPerSeries() + " frames"));
      }
      if (items.isEmpty() && runs.isEmpty()) {
        return nothing(
            !leftOut.isEmpty()
                ? "all images are left out: " + String.join(", ", leftOut.keySet())
                : !unreadable.isEmpty()
                    ? unreadable.keySet().iterator().next()
                    : "the series has no images");
      }
      List<ImageStack> stacks = new ArrayList<>();
      List<Item> placed = new ArrayList<>();
      List<Item> loose = new ArrayList<>();
      gatherRuns();
      for (Item item : mostFrequentSize()) {
        (item.position == null ? loose : placed).add(item);
      }
      if (!placed.isEmpty() && loose.size() > placed.size()) {
        loose.addAll(placed);
        placed.clear();
      }
      if (!placed.isEmpty()) {
        if (!loose.isEmpty()) {
          notes.add(
              new Note(
                  Kind.LEFT_OUT,
                  loose.size() + " images have no position among those that have one"));
        }
        stacks.addAll(inSpace(placed));
      } else if (!loose.isEmpty()) {
        stacks.add(asNumbered(loose));
      }
      long samples = 0;
      for (ImageStack stack : stacks) {
        samples = Math.max(samples, (long) stack.rows() * stack.columns() * stack.slices());
      }
      if (samples > options.limits().samplesPerSeries()) {
        return nothing(
            "a stack of "
                + samples
                + " samples is above the limit of "
                + options.limits().samplesPerSeries());
      }
      return new SeriesStacks(stacks, notes, null);
    }

    private SeriesStacks nothing(String why) {
      return new SeriesStacks(List.of(), notes, why);
    }

    private void list(Instance instance) {
      Header header = instance.header();
      Optional<String> excluded =
          options.exclusions() ? Exclusion.ofInstance(header) : Optional.empty();
      if (excluded.isPresent()) {
        leftOut.merge(excluded.get(), 1, Integer::sum);
        return;
      }
      if (instance.pixelData().isEmpty()) {
        leftOut.merge("without pixels", 1, Integer::sum);
        return;
      }
      PixelData data = instance.pixelData().get();
      if (options.decoders().stream().noneMatch(d -> d.supports(data.transferSyntax()))) {
        unreadable.merge(PixelDecoders.unsupported(data.transferSyntax()), 1, Integer::sum);
        return;
      }
      PixelModule module;
      try {
        module = PixelModule.read(header, modality, options);
      } catch (PixelException e) {
        unreadable.merge(
            Objects.requireNonNullElse(e.getMessage(), "unusable pixels"), 1, Integer::sum);
        return;
      }
      int frames = data.frames();
      if (frames < 1) {
        leftOut.merge("without frames", 1, Integer::sum);
        return;
      }
      int room = options.limits().framesPerSeries() - items.size() - inRuns;
      if (frames > room) {
        limited = true;
        frames = room;
      }
      if (frames == 1 && isMosaic(header)) {
        listTiles(header, data, module);
      } else {
        listFrames(header, data, module, frames);
      }
    }

    private void listFrames(Header header, PixelData data, PixelModule module, int frames) {
      List<Header> shared = header.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE);
      List<Header> each = header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
      Header common = shared.isEmpty() ? Header.empty() : shared.get(0);
      boolean enhanced = !shared.isEmpty() || !each.isEmpty();
      boolean video = PixelDecoders.isVideo(data.transferSyntax());
      boolean run = data.frames() > 1 && !enhanced && (video || !isVolume(header));
      List<Item> into = run ? new ArrayList<>() : items;
      for (int f = 0; f < frames; f++) {
        Header own = f < each.size() ? each.get(f) : Header.empty();
        Header group = enhanced ? new FunctionalGroups(own, common, header) : header;
        PixelModule meaning = module;
        if (enhanced) {
          Header values =
              group.items(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE).stream()
                  .findFirst()
                  .orElse(header);
          meaning =
              module.withRescale(
                  values.number(Tag.RESCALE_SLOPE).orElse((double) module.slope).floatValue(),
                  values
                      .number(Tag.RESCALE_INTERCEPT)
                      .orElse((double) module.intercept)
                      .floatValue());
        }
        Item item =
            new Item(
                new Source(meaning, data, f, 0, 0),
                header,
                group,
                f,
                module.format.rows(),
                module.format.columns());
        if (enhanced) {
          item.orientation =
              numbers(
                  first(group, Tag.PLANE_ORIENTATION_SEQUENCE), Tag.IMAGE_ORIENTATION_PATIENT, 6);
          item.position =
              numbers(first(group, Tag.PLANE_POSITION_SEQUENCE), Tag.IMAGE_POSITION_PATIENT, 3);
        } else if (data.frames() == 1) {
          item.orientation = numbers(header, Tag.IMAGE_ORIENTATION_PATIENT, 6);
          item.position = numbers(header, Tag.IMAGE_POSITION_PATIENT, 3);
        }
        if (item.orientation == null || item.position == null || normal(item.orientation) == null) {
          item.position = null;
        }
        into.add(item);
      }
      if (run && !into.isEmpty()) {
        runs.add(into);
        inRuns += into.size();
      }
    }

    /**
     * Whether the frames of a plain multi-frame object lie side by side rather than one after
     * another.
     */
    private boolean isVolume(Header header) {
      if (modality.equals("NM")) {
        for (String value : header.strings(Tag.IMAGE_TYPE)) {
          if (value.toUpperCase(Locale.ROOT).startsWith("RECON")) {
            return true;
          }
        }
        return false;
      }
      return BODIES.contains(modality);
    }

    private static boolean isMosaic(Header header) {
      return header.strings(Tag.IMAGE_TYPE).stream().anyMatch(v -> v.equalsIgnoreCase("MOSAIC"));
    }

    private void listTiles(Header header, PixelData data, PixelModule module) {
      int columns = module.format.columns();
      int rows = module.format.rows();
      int across = 0;
      int count = PixelModule.whole(header, SIEMENS_MOSAIC_IMAGES, 0);
      if (count > 0 && count <= 4096) {
        across = (int) Math.ceil(Math.sqrt(count));
      } else {
        String matrix =
            header.string(SIEMENS_ACQUISITION_MATRIX).orElse("").replaceAll("^\\D*(\\d+).*$", "$1");
        if (matrix.matches("\\d{1,4}") && Integer.parseInt(matrix) > 0) {
          across = columns / Integer.parseInt(matrix);
          count = across * across;
        }
      }
      if (across < 1 || columns % across != 0 || rows % across != 0) {
        notes.add(
            new Note(
                Kind.MOSAIC,
                "a mosaic does not say how many slices it holds and was taken as one image"));
        listFrames(header, data, module, 1);
        return;
      }
      if (items.isEmpty()) {
        notes.add(
            new Note(
                Kind.MOSAIC,
                "each frame holds " + count + " slices of " + columns / across + " columns"));
      }
      double[] orientation = numbers(header, Tag.IMAGE_ORIENTATION_PATIENT, 6);
      double[] normal = orientation == null ? null : normal(orientation);
      double gap =
          header
              .number(Tag.SPACING_BETWEEN_SLICES)
              .orElse(header.number(Tag.SLICE_THICKNESS).orElse(1.0));
      for (int i = 0; i < count; i++) {
        Item item =
            new Item(
                new Source(module, data, 0, i % across, i / across),
                header,
                header,
                i,
                rows / across,
                columns / across);
        item.orientation = orientation;
        if (normal != null) {
          item.position =
              new double[] {normal[0] * gap * i, normal[1] * gap * i, normal[2] * gap * i};
        }
        items.add(item);
      }
    }

    /**
     * Runs of frames without geometry: one alone is a stack over time, of several each gives its
     * middle frame.
     */
    private void gatherRuns() {
      if (runs.isEmpty()) {
        return;
      }
      if (runs.size() == 1 && items.isEmpty()) {
        items.addAll(runs.get(0));
        return;
      }
      notes.add(
          new Note(
              Kind.TIME, "of each of " + runs.size() + " runs of frames the middle one is taken"));
      for (List<Item> run : runs) {
        items.add(run.get((run.size() - 1) / 2));
      }
    }

    private List<Item> mostFrequentSize() {
      Map<String, List<Item>> sizes = new LinkedHashMap<>();
      for (Item item : items) {
        sizes.computeIfAbsent(item.columns + " x " + item.rows, s -> new ArrayList<>()).add(item);
      }
      String best = "";
      int most = 0;
      long area = 0;
      for (Map.Entry<String, List<Item>> size : sizes.entrySet()) {
        Item first = size.getValue().get(0);
        long pixels = (long) first.rows * first.columns;
        int count = size.getValue().size();
        if (count > most || (count == most && pixels > area)) {
          best = size.getKey();
          most = count;
          area = pixels;
        }
      }
      if (sizes.size() > 1) {
        notes.add(
            new Note(
                Kind.ODD_SIZE,
                (items.size() - most)
                    + " of "
                    + items.size()
                    + " frames are not "
                    + best
                    + " and were left out"));
      }
      return Objects.requireNonNull(sizes.get(best));
    }

    private List<ImageStack> inSpace(List<Item> placed) {
      Map<String, List<Item>> planes = new LinkedHashMap<>();
      for (Item item : placed) {
        planes.computeIfAbsent(plane(item), p -> new ArrayList<>()).add(item);
      }
      List<List<Item>> groups = new ArrayList<>();
      for (List<Item> group : planes.values()) {
        double[] normal =
            Objects.requireNonNull(normal(Objects.requireNonNull(group.get(0).orientation)));
        for (Item item : group) {
          double[] p = Objects.requireNonNull(item.position);
          item.along = p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2];
        }
        groups.addAll(apart(group));
      }
      groups.sort(Comparator.comparing((List<Item> group) -> -places(group)));
      if (groups.size() > 1) {
        StringBuilder sizes = new StringBuilder();
        for (int i = 0; i < Math.min(8, groups.size()); i++) {
          sizes.append(i == 0 ? "" : ", ").append(groups.get(i).size());
        }
        notes.add(
            new Note(
                Kind.SPLIT,
                "the series holds "
                    + groups.size()
                    + " stacks ("
                    + sizes
                    + (groups.size() > 8 ? ", ..." : "")
                    + " frames) by orientation, echo, b-value or image type; the first is the picture"));
      }
      List<ImageStack> stacks = new ArrayList<>();
      for (int i = 0; i < groups.size(); i++) {
        stacks.add(stack(groups.get(i), i == 0));
      }
      return stacks;
    }

    /** Splits a group as far as attributes tell repeated positions apart. */
    private List<List<Item>> apart(List<Item> group) {
      List<List<Item>> parts = List.of(group);
      List<Function<Item, String>> keys =
          List.of(Assembly::imageType, Assembly::echo, Assembly::bValue, Assembly::phaseKind);
      for (Function<Item, String> key : keys) {
        List<List<Item>> next = new ArrayList<>();
        for (List<Item> part : parts) {
          if (places(part) == part.size()) {
            next.add(part);
            continue;
          }
          Map<String, List<Item>> split = new TreeMap<>(Assembly::byNumber);
          for (Item item : part) {
            split.computeIfAbsent(key.apply(item), k -> new ArrayList<>()).add(item);
          }
          next.addAll(split.values());
        }
        parts = next;
      }
      return parts;
    }

    private static int byNumber(String a, String b) {
      try {
        int order = Double.compare(Double.parseDouble(a), Double.parseDouble(b));
        return order != 0 ? order : a.compareTo(b);
      } catch (NumberFormatException e) {
        return a.compareTo(b);
      }
    }

    private static int places(List<Item> group) {
      double[] along = group.stream().mapToDouble(item -> item.along).sorted().toArray();
      int places = 1;
      for (int i = 1; i < along.length; i++) {
        places += along[i] - along[i - 1] > SAME_PLACE ? 1 : 0;
      }
      return places;
    }

    private static String imageType(Item item) {
      Header frame = first(item.group, 0x00189226);
      List<String> type = frame.strings(Tag.FRAME_TYPE);
      if (type.isEmpty()) {
        type = item.header.strings(Tag.IMAGE_TYPE);
      }
      return type.size() > 2 ? String.join("\\", type.subList(2, type.size())) : "";
    }

    private static String echo(Item item) {
      return first(item.group, MR_ECHO_SEQUENCE)
          .string(EFFECTIVE_ECHO_TIME)
          .or(() -> item.header.string(Tag.ECHO_NUMBERS))
          .or(() -> item.header.string(Tag.ECHO_TIME))
          .orElse("");
    }

    private static String bValue(Item item) {
      return first(item.group, MR_DIFFUSION_SEQUENCE)
          .string(Tag.DIFFUSION_B_VALUE)
          .or(() -> item.header.string(Tag.DIFFUSION_B_VALUE))
          .or(() -> item.header.string(SIEMENS_B_VALUE))
          .or(() -> item.header.string(PHILIPS_B_VALUE))
          .or(() -> item.header.number(GE_B_VALUE).map(Assembly::withoutFlags))
          .orElse("");
    }

    /** GE adds 10^9 to b-values of some sequences. */
    private static String withoutFlags(double value) {
      return String.valueOf((long) value % 100_000);
    }

    private static String phaseKind(Item item) {
      return item.header.string(Tag.CONVOLUTION_KERNEL).orElse("");
    }

    private ImageStack stack(List<Item> group, boolean main) {
      List<Item> sorted = new ArrayList<>(group);
      sorted.sort(
          Comparator.comparingDouble((Item item) -> item.along).thenComparing(Assembly.inTime()));
      List<List<Item>> places = new ArrayList<>();
      double last = Double.NEGATIVE_INFINITY;
      for (Item item : sorted) {
        if (places.isEmpty() || item.along - last > SAME_PLACE) {
          places.add(new ArrayList<>());
          last = item.along;
        }
        places.get(places.size() - 1).add(item);
      }
      places.forEach(place -> place.sort(Assembly.inTime()));
      int steps = places.stream().mapToInt(List::size).max().orElse(1);
      if (places.size() == 1 && steps > 1) {
        if (main) {
          notes.add(new Note(Kind.TIME, "one plane with " + steps + " steps in time"));
        }
        return build(Axis.TIME, places.get(0), 0);
      }
      List<Item> chosen = new ArrayList<>(places.size());
      int step = steps / 2;
      for (List<Item> place : places) {
        chosen.add(place.get(Math.min(step, place.size() - 1)));
      }
      if (steps > 1 && main) {
        notes.add(
            new Note(
                Kind.TIME,
                places.size()
                    + " planes with up to "
                    + steps
                    + " steps in time, of which step "
                    + (step + 1)
                    + " is taken"));
      }
      double[] gaps = new double[Math.max(0, chosen.size() - 1)];
      for (int i = 0; i < gaps.length; i++) {
        gaps[i] = chosen.get(i + 1).along - chosen.get(i).along;
      }
      double[] ordered = gaps.clone();
      Arrays.sort(ordered);
      double gap = ordered.length == 0 ? 0 : ordered[ordered.length / 2];
      return build(Axis.SPACE, even(chosen, gaps, gap, main), gap);
    }

    /** Fills gaps with nearest neighbours, so that the index goes with the place. */
    private List<Item> even(List<Item> chosen, double[] gaps, double gap, boolean main) {
      int missing = 0;
      boolean uneven = false;
      for (double each : gaps) {
        missing += each > 1.5 * gap ? (int) Math.min(Math.rint(each / gap) - 1, chosen.size()) : 0;
        uneven |= Math.abs(each - gap) > 0.1 * gap;
      }
      boolean fill = missing > 0 && missing <= chosen.size() && options.repairs();
      if (uneven && main) {
        notes.add(
            new Note(
                Kind.UNEVEN,
                missing == 0
                    ? "slices are unevenly spaced"
                    : "about "
                        + missing
                        + " of "
                        + (chosen.size() + missing)
                        + " slices are missing"
                        + (fill ? "; neighbours take their places" : "")));
      }
      if (!fill) {
        return chosen;
      }
      List<Item> filled = new ArrayList<>();
      for (int i = 0; i < chosen.size(); i++) {
        filled.add(chosen.get(i));
        if (i < gaps.length && gaps[i] > 1.5 * gap) {
          int n = (int) Math.min(Math.rint(gaps[i] / gap) - 1, chosen.size());
          for (int k = 1; k <= n; k++) {
            filled.add(chosen.get(2 * k <= n + 1 ? i : i + 1));
          }
        }
      }
      return filled;
    }

    private ImageStack asNumbered(List<Item> loose) {
      boolean body = BODIES.contains(modality);
      boolean run = runs.size() == 1 && loose.size() == runs.get(0).size() && loose.size() > 1;
      if (run) {
        notes.add(new Note(Kind.TIME, "one plane with " + loose.size() + " steps in time"));
        return build(Axis.TIME, loose, 0);
      }
      if (body && loose.size() > 1) {
        notes.add(
            new Note(
                Kind.UNORDERED,
                loose.size() + " slices have no usable position and stay as numbered"));
        return build(Axis.SPACE, loose, 0);
      }
      return build(Axis.VIEWS, loose, 0);
    }

    private ImageStack build(Axis axis, List<Item> chosen, double gap) {
      Item first = chosen.get(0);
      Header measures = first(first.group, Tag.PIXEL_MEASURES_SEQUENCE);
      double[] spacing = numbers(measures, Tag.PIXEL_SPACING, 2);
      if (spacing == null) {
        spacing = numbers(first.header, Tag.PIXEL_SPACING, 2);
      }
      if (spacing == null) {
        spacing = numbers(first.header, Tag.IMAGER_PIXEL_SPACING, 2);
      }
      List<Source> sources = new ArrayList<>(chosen.size());
      for (Item item : chosen) {
        sources.add(item.source);
      }
      return new ImageStack(
          axis,
          first.rows,
          first.columns,
          sources,
          spacing == null ? 0 : spacing[0],
          spacing == null ? 0 : spacing[1],
          gap,
          axis == Axis.VIEWS || first.orientation == null ? new double[0] : first.orientation,
          options);
    }

    private static Comparator<Item> inTime() {
      return Comparator.comparingDouble((Item item) -> step(item, Tag.TEMPORAL_POSITION_IDENTIFIER))
          .thenComparingDouble(item -> step(item, Tag.TEMPORAL_POSITION_INDEX))
          .thenComparingDouble(item -> step(item, CARDIAC_PHASE))
          .thenComparingDouble(item -> step(item, Tag.ACQUISITION_NUMBER))
          .thenComparingDouble(item -> step(item, Tag.TRIGGER_TIME))
          .thenComparingDouble(item -> step(item, Tag.INSTANCE_NUMBER))
          .thenComparing(item -> item.header.string(Tag.SOP_INSTANCE_UID).orElse(""))
          .thenComparingInt(item -> item.index);
    }

    private static double step(Item item, int tag) {
      Optional<Double> own = first(item.group, Tag.FRAME_CONTENT_SEQUENCE).number(tag);
      return own.or(() -> item.header.number(tag)).orElse(0.0);
    }

    private static String plane(Item item) {
      double[] o = Objects.requireNonNull(item.orientation);
      StringBuilder key = new StringBuilder();
      for (double v : o) {
        key.append(Math.round(v * 20)).append(' ');
      }
      return key.toString();
    }

    private static Header first(Header header, int sequenceTag) {
      List<Header> found = header.items(sequenceTag);
      return found.isEmpty() ? Header.empty() : found.get(0);
    }

    private static double @Nullable [] normal(double[] o) {
      double[] n = {
        o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
      };
      double length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
      if (!(length > 0.5) || length > 2) {
        return null;
      }
      for (int i = 0; i < 3; i++) {
        n[i] /= length;
      }
      return n;
    }

    private static double @Nullable [] numbers(Header header, int tag, int count) {
      List<String> texts = header.strings(tag);
      if (texts.size() < count) {
        return null;
      }
      double[] values = new double[count];
      try {
        for (int i = 0; i < count; i++) {
          values[i] = Double.parseDouble(texts.get(i));
          if (!Double.isFinite(values[i])) {
            return null;
          }
        }
      } catch (NumberFormatException e) {
        return null;
      }
      return values;
    }
  }

  /** A frame's own functional groups, behind them the shared ones, behind them the object's. */
  private static final class FunctionalGroups implements Header {
    private final Header own;
    private final Header common;
    private final Header object;

    FunctionalGroups(Header own, Header common, Header object) {
      this.own = own;
      this.common = common;
      this.object = object;
    }

    @Override
    public List<String> strings(int tag) {
      return object.strings(tag);
    }

    @Override
    public List<Header> items(int sequenceTag) {
      List<Header> found = own.items(sequenceTag);
      return found.isEmpty() ? common.items(sequenceTag) : found;
    }
  }
}
