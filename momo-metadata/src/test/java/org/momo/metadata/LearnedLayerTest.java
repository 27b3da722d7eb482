package org.momo.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.metadata.learned.Lessons;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Consultation;
import org.momo.spi.DecisionLayer;
import org.momo.spi.DecisionLayerContract;
import org.momo.study.Study;
import org.momo.study.Tag;

class LearnedLayerTest extends DecisionLayerContract {
  private static final Catalogue CATALOGUE = SmallCatalogue.catalogue();

  @TempDir private static Path folder;
  private static Path file;

  @BeforeAll
  static void train() throws IOException {
    file = folder.resolve("lessons.model");
    Lessons.model().write(file);
  }

  @Override
  protected DecisionLayer layer() {
    return layer(0.5);
  }

  @Override
  protected Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  protected List<Study> studies() {
    List<Study> studies = new ArrayList<>(super.studies());
    studies.add(described("CT thorax with contrast"));
    studies.add(described("liver or pelvis"));
    return studies;
  }

  private static DecisionLayer layer(double least) {
    return Studies.layer(
        "learned", CATALOGUE, Map.of("model", file.toString(), "abstain-below", least));
  }

  private static Study described(String text) {
    return Studies.with(Tag.STUDY_DESCRIPTION, text).series("CT").study();
  }

  private static Ballot ballot(String text) throws Exception {
    return ((Opinion.Votes) layer(0.3).consider(described(text))).ballot();
  }

  @Test
  @DisplayName("Votes weigh what the model gives, and the rest is blank")
  void votes() throws Exception {
    Ballot ballot = ballot("Thorax");
    assertThat(ballot.winner().orElseThrow().code()).isEqualTo("CT-CHEST");
    double sum = ballot.votes().stream().mapToDouble(Vote::weight).sum();
    assertThat(sum).isLessThanOrEqualTo(1.0);
    assertThat(sum + ballot.blank()).isBetween(0.999999, 1.000001);
  }

  @Test
  @DisplayName("Evidence names the model and its probability, never the text")
  void evidence() throws Exception {
    Evidence evidence = ballot("Thorax MUSTERMANN").votes().get(0).evidence();
    assertThat(evidence.kind()).isEqualTo(Evidence.Kind.INFERRED);
    assertThat(evidence.matched()).isEqualTo("lessons");
    assertThat(evidence.note()).matches("probability [01]\\.\\d{3}");
  }

  @Test
  @DisplayName("What the model is not sure of is an abstention")
  void unsure() throws Exception {
    assertThat(layer(1).consider(described("liver or pelvis")))
        .isInstanceOfSatisfying(
            Opinion.Abstain.class,
            abstain -> assertThat(abstain.reason()).startsWith("the model lessons is not sure"));
    assertThat(layer(0).consider(Studies.with().series("CT").study()))
        .isEqualTo(Opinion.abstain("no text describes the study as a whole"));
  }

  @Test
  @DisplayName("Series do not speak, and neither do phantoms")
  void silent() throws Exception {
    assertThat(
            layer(0)
                .consider(Studies.with().series("CT", Tag.SERIES_DESCRIPTION, "thorax").study()))
        .isInstanceOf(Opinion.Abstain.class);
    assertThat(layer(0).consider(described("thorax phantom"))).isInstanceOf(Opinion.Abstain.class);
  }

  @Test
  @DisplayName("Of classes of the same regions it votes for the one that leads already")
  void focus() throws Exception {
    StudyClass knee = CATALOGUE.find("CT-LEXT.KNEE").orElseThrow();
    Ballot soFar = Ballot.of(List.of(new Vote(knee, 1, Evidence.inferred(null, "test", "said"))));
    Consultation consultation =
        new Consultation() {
          @Override
          public Ballot soFar() {
            return soFar;
          }

          @Override
          public void note(String text) {}
        };
    Opinion opinion = layer(0.3).consider(described("knee left"), consultation);
    assertThat(((Opinion.Votes) opinion).ballot().winner()).contains(knee);
    assertThat(ballot("knee left").winner().orElseThrow().code()).isEqualTo("CT-LEXT");
  }

  @Test
  @DisplayName("A model that is missing or damaged is found when the layer is built")
  void noModel() throws IOException {
    assertThatThrownBy(() -> Studies.layer("learned", CATALOGUE, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("needs the option 'model'");
    assertThatThrownBy(
            () ->
                Studies.layer(
                    "learned", CATALOGUE, Map.of("model", folder.resolve("none").toString())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no text model");
    Path damaged = folder.resolve("damaged.model");
    Files.write(damaged, new byte[100]);
    assertThatThrownBy(
            () -> Studies.layer("learned", CATALOGUE, Map.of("model", damaged.toString())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("byte 0: this is no text model");
  }
}
