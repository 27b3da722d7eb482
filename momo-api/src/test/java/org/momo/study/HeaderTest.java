package org.momo.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderTest {

  /** Of the shape of dcm4che's Attributes: null where absent, null among the values. */
  private static final class Attributes {
    String[] getStrings(int tag) {
      return switch (tag) {
        case Tag.STUDY_DESCRIPTION -> new String[] {" CT Thorax "};
        case Tag.IMAGE_TYPE -> new String[] {"ORIGINAL", null, "AXIAL"};
        case Tag.SERIES_DESCRIPTION -> new String[] {"", null};
        default -> null;
      };
    }
  }

  @Test
  void aMethodReferenceMakesAHeader() {
    Attributes attributes = new Attributes();
    Header header = Header.of(attributes::getStrings);
    assertThat(header.string(Tag.STUDY_DESCRIPTION)).contains("CT Thorax");
    assertThat(header.strings(Tag.IMAGE_TYPE)).containsExactly("ORIGINAL", "", "AXIAL");
    assertThat(header.strings(Tag.SERIES_DESCRIPTION)).isEmpty();
    assertThat(header.strings(Tag.PROTOCOL_NAME)).isEmpty();
    assertThat(header.items(Tag.PROCEDURE_CODE_SEQUENCE)).isEmpty();
  }

  @Test
  void codesOfAllItemsAreReached() {
    Header first = code("1", "A");
    Header second = code("2", "B");
    Header request =
        Header.of(
            tag -> null,
            tag -> tag == Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE ? List.of(second) : null);
    Map<Integer, List<Header>> sequences =
        Map.of(
            Tag.PROCEDURE_CODE_SEQUENCE, List.of(first, second),
            Tag.REQUEST_ATTRIBUTES_SEQUENCE, List.of(Header.empty(), request));
    Header header = Header.of(tag -> null, sequences::get);

    assertThat(header.codes(Tag.PROCEDURE_CODE_SEQUENCE))
        .containsExactly(new Code("99X", "1", "A"), new Code("99X", "2", "B"));
    TagPath path =
        TagPath.of(Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE, 0, Tag.CODE_MEANING)
            .inside(Tag.REQUEST_ATTRIBUTES_SEQUENCE, 1);
    assertThat(header.string(path)).contains("B");
    assertThat(path).hasToString("(0040,0275)[1](0032,1064)[0](0008,0104)");
    assertThat(path.keywords())
        .isEqualTo("RequestAttributesSequence[1].RequestedProcedureCodeSequence[0].CodeMeaning");
    assertThat(header.string(TagPath.of(Tag.PROCEDURE_CODE_SEQUENCE, 2, Tag.CODE_VALUE))).isEmpty();
  }

  @Test
  void aNumberIsAFiniteNumberOrNothing() {
    for (String text : List.of("NaN", "Infinity", "x", "")) {
      assertThat(header(Tag.ROWS, text).number(Tag.ROWS)).isEmpty();
    }
    assertThat(header(Tag.ROWS, " 512").number(Tag.ROWS)).contains(512.0);
  }

  private static Header code(String value, String meaning) {
    Map<Integer, String> values =
        Map.of(
            Tag.CODE_VALUE, value,
            Tag.CODING_SCHEME_DESIGNATOR, "99X",
            Tag.CODE_MEANING, meaning);
    return Header.of(tag -> values.containsKey(tag) ? new String[] {values.get(tag)} : null);
  }

  private static Header header(int tag, String value) {
    return Header.of(asked -> asked == tag ? new String[] {value} : null);
  }
}
