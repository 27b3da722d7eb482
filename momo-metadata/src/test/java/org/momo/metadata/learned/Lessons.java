package org.momo.metadata.learned;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.momo.decision.Region;

/** Made-up procedure names whose regions are plain. */
public final class Lessons {
  private static final List<String[]> PARTS =
      List.of(
          new String[] {"chest", "CHEST"},
          new String[] {"thorax", "CHEST"},
          new String[] {"abdomen", "ABDOMEN"},
          new String[] {"liver", "ABDOMEN"},
          new String[] {"head", "HEAD"},
          new String[] {"brain", "HEAD"},
          new String[] {"knee", "LEXT"},
          new String[] {"pelvis", "PELVIS"});
  private static final List<String> FORMS =
      List.of(
          "%s", "CT %s", "%s with contrast", "%s w/o", "exam of the %s", "%s left", "%s 2 views");

  private Lessons() {}

  /** Each part in each form, by a few sources, and some parts together. */
  public static List<LabelledText> texts() {
    List<LabelledText> texts = new ArrayList<>();
    for (int source = 0; source < 4; source++) {
      for (String[] part : PARTS) {
        for (String form : FORMS) {
          texts.add(text(source, String.format(form, part[0]), part[1]));
        }
      }
      texts.add(text(source, "chest and abdomen", "CHEST+ABDOMEN"));
      texts.add(text(source, "abdomen and pelvis", "ABDOMEN+PELVIS"));
      texts.add(text(source, "liver or pelvis", "ABDOMEN|PELVIS"));
      texts.add(text(source, "contrast 2 views", "-"));
    }
    return texts;
  }

  private static LabelledText text(int source, String text, String regions) {
    return new LabelledText("hospital " + source, "en", text, "CT", LabelledText.accepted(regions));
  }

  /** A card without facts. */
  public static ModelCard card() {
    return new ModelCard("lessons", "made-up names", "Apache-2.0", new TreeMap<>());
  }

  /** A model of the names. */
  public static TextModel model() {
    return model(1, 1);
  }

  static TextModel model(long seed, int threads) {
    try {
      return new TextModelTrainer(seed, 10, 10, 0.5, 1e-5).train(texts(), card(), threads);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a model makes of a text. */
  static List<Region> best(TextModel model, String text) {
    return List.copyOf(model.guess(text, "CT").get(0).regions());
  }
}
