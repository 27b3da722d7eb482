package org.momo.dicom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.momo.dicom.TagSelection;
import org.momo.study.Tag;

class DictionaryTest {

  @Test
  void every_attribute_that_Tag_names_has_a_representation_and_is_read() throws Exception {
    List<String> unknown = new ArrayList<>();
    for (Field field : Tag.class.getFields()) {
      int tag = field.getInt(null);
      boolean kept =
          switch (tag) {
            case Tag.PIXEL_DATA,
                Tag.FLOAT_PIXEL_DATA,
                Tag.DOUBLE_FLOAT_PIXEL_DATA,
                Tag.DIRECTORY_RECORD_SEQUENCE,
                Tag.DIRECTORY_RECORD_TYPE,
                Tag.REFERENCED_FILE_ID ->
                false;
            default -> true;
          };
      if (Dictionary.vr(tag) == null || TagSelection.standard().contains(tag) != kept) {
        unknown.add(field.getName());
      }
    }
    assertThat(unknown).as("add them to Dictionary").isEmpty();
  }
}
