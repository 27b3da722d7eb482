package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a site's own table does to the reading of descriptions, and what lint says of it. */
class OverlayTest {
  @TempDir private Path site;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        site.resolve("concepts.csv"),
        "id,kind,regions,focus,modalities,codes\nTHYMUS_CLINIC,ORGAN,CHEST,,CT,\n");
    Files.writeString(
        site.resolve("terms-de.csv"),
        "concept,terms\nKNEE,gonalgiezentrum\nTHYMUS_CLINIC,schilddrüse;quarkbein\n");
    Files.writeString(
        site.resolve("classes.csv"),
        "code,name,modality,regions,keywords:de\n" + "OUR_KNEES,Our knees,MR,LEXT,unser knie\n");
  }

  private String explain(String text, String modality) {
    return CommandRun.of("explain", "--text", text, "--modality", modality, "--overlay", site)
        .out();
  }

  @Test
  void a_word_of_the_site_is_read() {
    assertThat(explain("MRT Gonalgiezentrum", "MR")).contains("KNEE").contains("MR_LEXT.KNEE");
    assertThat(CommandRun.of("explain", "--text", "MRT Gonalgiezentrum", "--modality", "MR").out())
        .doesNotContain("MR_LEXT.KNEE");
  }

  @Test
  void a_meaning_of_the_site_goes_before_that_of_the_catalogue() {
    assertThat(explain("CT Schilddrüse nativ", "CT")).containsPattern("regions +CHEST\n");
    assertThat(explain("MRT Schilddrüse nativ", "MR")).containsPattern("regions +NECK\n");
  }

  @Test
  void a_class_that_the_site_names_by_keyword_wins() {
    assertThat(explain("MRT unser Knie links", "MR")).containsPattern("classes\n +OUR_KNEES ");
  }

  @Test
  void lint_shows_the_conflicts_that_the_site_brings_and_no_others() {
    CommandRun run = CommandRun.of("lint", "--overlay", site);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("in the language de the term \"schilddruse\" means THYMUS_CLINIC and THYROID")
        .doesNotContain("in the language tr");
    assertThat(run.lines()).hasSizeLessThan(10);
  }
}
