package org.momo.metadata;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.study.Code;

/** A catalogue whose classes are found by concepts: each modality, each region, some together. */
final class SmallCatalogue {
  private SmallCatalogue() {}

  static Catalogue catalogue() {
    Catalogue.Builder builder = Catalogue.builder("small");
    for (String group : List.of("CT", "MR", "XR", "XA", "US", "PT", "NM", "MG")) {
      builder.modalityGroup(group, group);
      for (Region region : Region.values()) {
        add(builder, group, EnumSet.of(region), null);
      }
      add(builder, group, EnumSet.of(Region.LEXT), "KNEE");
      add(builder, group, EnumSet.of(Region.CHEST, Region.ABDOMEN), null);
      add(builder, group, EnumSet.of(Region.ABDOMEN, Region.PELVIS), null);
      add(builder, group, EnumSet.of(Region.CHEST, Region.ABDOMEN, Region.PELVIS), null);
      add(builder, group, EnumSet.of(Region.NECK, Region.SPINE), null);
    }
    builder.modalityGroup("CR", "XR").modalityGroup("DX", "XR").modalityGroup("RF", "XA");
    organ(builder, Region.HEAD, null, "head;brain;schaedel");
    organ(builder, Region.NECK, null, "neck;hals");
    organ(builder, Region.CHEST, null, "chest;thorax");
    organ(builder, Region.HEART, null, "heart;cardiac");
    organ(builder, Region.BREAST, null, "breast");
    organ(builder, Region.ABDOMEN, null, "abdomen;liver");
    organ(builder, Region.PELVIS, null, "pelvis");
    organ(builder, Region.SPINE, null, "spine");
    organ(builder, Region.SPINE_L, null, "lspine;lumbar spine");
    organ(builder, Region.LEXT, "KNEE", "knee");
    organ(builder, Region.LEXT, null, "leg");
    organ(builder, Region.WHOLEBODY, null, "wholebody;whole body");
    builder.add(
        new Concept(
            "PET_USUAL",
            Concept.Kind.GENERAL,
            Set.of(Region.WHOLEBODY),
            null,
            Set.of("PT"),
            List.of(),
            Map.of()));
    for (String group : List.of("CT", "MR")) {
      builder.add(
          new Concept(
              group,
              Concept.Kind.MODALITY,
              Set.of(),
              null,
              Set.of(group),
              List.of(),
              Map.of("*", List.of(group.toLowerCase(java.util.Locale.ROOT)))));
    }
    return builder.build();
  }

  private static void add(
      Catalogue.Builder builder, String group, Set<Region> regions, @Nullable String focus) {
    StringBuilder code = new StringBuilder(group);
    regions.forEach(region -> code.append('-').append(region));
    if (focus != null) {
      code.append('.').append(focus);
    }
    builder.add(StudyClass.builder(code.toString(), group).regions(regions).focus(focus).build());
  }

  private static void organ(
      Catalogue.Builder builder, Region region, @Nullable String focus, String terms) {
    String id = focus == null ? region.name() : focus;
    builder.add(
        new Concept(
            id,
            Concept.Kind.ORGAN,
            Set.of(region),
            focus,
            Set.of(),
            List.of(new Code("SCT", "T-" + id, "")),
            Map.of("en", List.of(terms.split(";")))));
  }
}
