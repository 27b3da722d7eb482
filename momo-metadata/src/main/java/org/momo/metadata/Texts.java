package org.momo.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.momo.metadata.words.TextKind;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/** The tags whose text speaks of what was examined. */
enum Texts {
  STUDY_DESCRIPTION("study-description", TextKind.STUDY, at(Tag.STUDY_DESCRIPTION)),
  SERIES_DESCRIPTION("series-description", TextKind.SERIES, at(Tag.SERIES_DESCRIPTION)),
  BODY_PART("body-part", TextKind.BODY_PART, at(Tag.BODY_PART_EXAMINED)),
  REQUESTED_PROCEDURE(
      "requested-procedure", TextKind.STUDY, meanings(Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE)),
  PERFORMED_PROCEDURE(
      "performed-procedure", TextKind.STUDY, at(Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION)),
  PROTOCOL_NAME("protocol-name", TextKind.SERIES, at(Tag.PROTOCOL_NAME)),
  PROCEDURE_CODE_MEANING(
      "procedure-code-meaning", TextKind.STUDY, meanings(Tag.PROCEDURE_CODE_SEQUENCE)),
  REQUESTED_DESCRIPTION(
      "requested-description",
      TextKind.STUDY,
      at(Tag.REQUESTED_PROCEDURE_DESCRIPTION)
          .and(
              inside(
                  Tag.REQUEST_ATTRIBUTES_SEQUENCE,
                  Tag.REQUESTED_PROCEDURE_DESCRIPTION,
                  Tag.SCHEDULED_PROCEDURE_STEP_DESCRIPTION))
          .and(meanings(Tag.REQUEST_ATTRIBUTES_SEQUENCE, Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE))
          .and(meanings(Tag.REQUEST_ATTRIBUTES_SEQUENCE, Tag.SCHEDULED_PROTOCOL_CODE_SEQUENCE))),
  PERFORMED_PROTOCOL(
      "performed-protocol", TextKind.STUDY, meanings(Tag.PERFORMED_PROTOCOL_CODE_SEQUENCE)),
  ANATOMIC_REGION(
      "anatomic-region",
      TextKind.BODY_PART,
      meanings(Tag.ANATOMIC_REGION_SEQUENCE)
          .and(meanings(Tag.PRIMARY_ANATOMIC_STRUCTURE_SEQUENCE))
          .and(inFrames(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE))
          .and(inFrames(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE))),
  PRESET(
      "preset",
      TextKind.BODY_PART,
      at(Tag.PROCESSING_FUNCTION)
          .and(at(Tag.ACQUISITION_DEVICE_PROCESSING_DESCRIPTION))
          .and(at(Tag.VIEW_NAME))
          .and(at(Tag.WINDOW_CENTER_WIDTH_EXPLANATION))),
  SERIES_CODE_MEANING(
      "series-code-meaning", TextKind.SERIES, meanings(Tag.SERIES_DESCRIPTION_CODE_SEQUENCE)),
  STUDY_COMMENTS(
      "study-comments",
      TextKind.STUDY,
      brief(Tag.STUDY_COMMENTS).and(brief(Tag.COMMENTS_ON_THE_PERFORMED_PROCEDURE_STEP))),
  LANDMARK("landmark", TextKind.BODY_PART, spelled(Tag.POSITION_REFERENCE_INDICATOR));

  /** The five tags that the published system lets vote, one vote each in every series. */
  static final List<Texts> PUBLISHED =
      List.of(
          SERIES_DESCRIPTION, BODY_PART, REQUESTED_PROCEDURE, PERFORMED_PROCEDURE, PROTOCOL_NAME);

  private static final int MOST_ITEMS = 32;

  /** Longer comments tell of the patient and of the disease. */
  private static final int LONGEST_COMMENT = 64;

  /** Shorter landmarks are codes of vendors, which mean something else as words. */
  private static final int SHORTEST_WORD = 4;

  private final String option;
  private final TextKind kind;
  private final Reader reader;

  Texts(String option, TextKind kind, Reader reader) {
    this.option = option;
    this.kind = kind;
    this.reader = reader;
  }

  /**
   * A text and where it stands.
   *
   * @param path the attribute
   * @param text its value; not for traces
   */
  record Said(TagPath path, String text) {}

  /** How configurations name the tag. */
  String option() {
    return option;
  }

  TextKind kind() {
    return kind;
  }

  /** The texts of one header. */
  List<Said> in(Header header) {
    return reader.apply(header);
  }

  /** The texts of a series: those of its first instance that has any. */
  List<Said> in(Series series) {
    return first(series, this::in);
  }

  /** The different texts of a study's images, each once, in the order of their series. */
  Collection<Said> in(Study study) {
    Map<String, Said> different = new LinkedHashMap<>();
    for (Series series : study.imageSeries()) {
      in(series).forEach(said -> different.putIfAbsent(said.text(), said));
    }
    return different.values();
  }

  /** What the first instance of a series that says anything says. */
  static <T> List<T> first(Series series, Function<Header, List<T>> ask) {
    for (Instance instance : series.instances()) {
      List<T> found = ask.apply(instance.header());
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** Reads the texts of one kind. */
  private interface Reader extends Function<Header, List<Said>> {
    default Reader and(Reader other) {
      return header -> {
        List<Said> all = new ArrayList<>(apply(header));
        all.addAll(other.apply(header));
        return all;
      };
    }

    default Reader where(Predicate<String> accepted) {
      return header -> apply(header).stream().filter(said -> accepted.test(said.text())).toList();
    }
  }

  private static Reader at(int tag) {
    TagPath path = TagPath.of(tag);
    return header ->
        header.strings(tag).stream()
            .filter(text -> !text.isEmpty())
            .limit(MOST_ITEMS)
            .map(text -> new Said(path, text))
            .toList();
  }

  private static Reader brief(int tag) {
    return at(tag).where(text -> text.length() <= LONGEST_COMMENT);
  }

  private static Reader spelled(int tag) {
    return at(tag).where(text -> text.length() >= SHORTEST_WORD);
  }

  private static Reader inside(int sequence, int... tags) {
    return header -> {
      List<Said> found = new ArrayList<>();
      List<Header> items = header.items(sequence);
      for (int i = 0; i < Math.min(items.size(), MOST_ITEMS); i++) {
        for (int tag : tags) {
          TagPath path = TagPath.of(sequence, i, tag);
          items.get(i).string(tag).ifPresent(text -> found.add(new Said(path, text)));
        }
      }
      return found;
    };
  }

  /** The anatomy of the first frame. */
  private static Reader inFrames(int groups) {
    Reader anatomy = meanings(Tag.ANATOMIC_REGION_SEQUENCE);
    return header -> {
      List<Said> found = new ArrayList<>();
      header.items(groups).stream()
          .limit(1)
          .flatMap(group -> group.items(Tag.FRAME_ANATOMY_SEQUENCE).stream().limit(1))
          .flatMap(item -> anatomy.apply(item).stream())
          .forEach(
              said ->
                  found.add(
                      new Said(
                          said.path().inside(Tag.FRAME_ANATOMY_SEQUENCE, 0).inside(groups, 0),
                          said.text())));
      return found;
    };
  }

  private static Reader meanings(int sequence) {
    return inside(sequence, Tag.CODE_MEANING);
  }

  /** The meanings of a code sequence that lies in each item of another. */
  private static Reader meanings(int outer, int sequence) {
    Reader inner = meanings(sequence);
    return header -> {
      List<Said> found = new ArrayList<>();
      List<Header> items = header.items(outer);
      for (int i = 0; i < Math.min(items.size(), MOST_ITEMS); i++) {
        for (Said said : inner.apply(items.get(i))) {
          found.add(new Said(said.path().inside(outer, i), said.text()));
        }
      }
      return found;
    };
  }
}
