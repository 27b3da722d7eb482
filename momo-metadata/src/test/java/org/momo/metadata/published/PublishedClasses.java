package org.momo.metadata.published;

import java.util.List;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;

/** The published classes of CT, CR, MR, PT and MG with their keywords. */
public final class PublishedClasses {
  private PublishedClasses() {}

  /**
   * The catalogue.
   *
   * @return the classes, without regions
   */
  public static Catalogue catalogue() {
    Catalogue.Builder builder = Catalogue.builder("published");
    for (String modality : List.of("CT", "CR", "MR", "PT", "MG")) {
      builder.modalityGroup(modality, modality);
    }
    builder.modalityGroup("DX", "CR");
    add(
        builder,
        "CT",
        "CTAB",
        "CT ABDOMEN",
        "abd;abdomen;bauch;oberbauch;unterbauch;leber;liver;nieren;kidney");
    add(builder, "CT", "CTB", "CT BECKEN", "becken;pelvis;huefte;hip");
    add(builder, "CT", "CTGE", "CT DER GEFAESSE", "gefaesse;vessels");
    add(builder, "CT", "CTH", "CT HERZ", "herz;heart");
    add(
        builder,
        "CT",
        "CTOE",
        "CT OBERE EXTREMITAETEN",
        "obereextremitaeten;upperextremities;oberarm;unterarm;upperarm;"
            + "lowerarm;schulter;shoulder;ellenbogen;elbow;handgelenk;wrist");
    add(
        builder,
        "CT",
        "CTS",
        "CT SCHAEDEL",
        "schaedel;skull;head;kopf;felsenbein;brain;hirn;zerebral;cerebral;"
            + "craniell;cranial;cct;nnh");
    add(
        builder,
        "CT",
        "CTSH",
        "CT SCHAEDEL/HALS",
        "hals;schaedelhals;halsschaedel;halskopf;kopfhals;skullneck;headneck;"
            + "neckskull;neckhead;halsgefaesse");
    add(builder, "CT", "CTT", "CT THORAX", "breast;brust;thorax;torso;chest;tx;thx;lunge;lung");
    add(
        builder,
        "CT",
        "CTTA",
        "CT THORAX/ABDOMEN",
        "chestabdomen;abdomenchest;thoraxabdomen;abdomenthorax;upperbody;"
            + "thxabdomen;thxabd;abdthx;abdthorax;txabd;abdtx;thoabdomen;abdthorax");
    add(
        builder,
        "CT",
        "CTUE",
        "CT UNTERE EXTREMITAETEN",
        "untereextremitaeten;lowerextremities;oberschenkel;knie;knee;bein;leg;"
            + "femur;fuss;fussgelenk;foot;ankle;unterschenkel;calf");
    add(
        builder,
        "CT",
        "CTWS",
        "CT WIRBELSAEULE",
        "wirbelsaeule;spine;spinal;ws;lws;lspine;bws;tspine;hws;cspine");
    add(
        builder,
        "CR",
        "KAB",
        "KONVENTIONELL ABDOMEN",
        "abd;abdomen;bauch;oberbauch;unterbauch;leber;liver;nieren;kidney");
    add(
        builder,
        "CR",
        "KBEIN",
        "KONVENTIONELL BEIN",
        "bein;oberschenkel;knie;knee;leg;femur;unterschenkel;calf");
    add(builder, "CR", "KBE", "KONVENTIONELL BECKEN", "becken;pelvis;huefte;hip");
    add(builder, "CR", "KHWS", "KONVENTIONELL HWS", "hws;halswirbelsaeule;cspine");
    add(builder, "CR", "KBWS", "KONVENTIONELL BWS", "bws;brustwirbelsaeule;tspine");
    add(builder, "CR", "KLWS", "KONVENTIONELL LWS", "lws;lendenwirbelsaeule;lspine");
    add(builder, "CR", "KWS", "KONVENTIONELL WIRBELSAEULE", "wirbelsaeule;spine;spinal;ws");
    add(
        builder,
        "CR",
        "KARM",
        "KONVENTIONELL ARM",
        "oberarm;unterarm;upper arm;lower arm;schulter;shoulder;ellenbogen;" + "elbow");
    add(
        builder,
        "CR",
        "KFUSS",
        "KONVENTIONELL FUSS",
        "fuss;vorfuss;fussgelenk;ankle;foot;forefoot");
    add(builder, "CR", "KHAND", "KONVENTIONELL HAND", "hand;handgelenk;wrist");
    add(builder, "CR", "KMAMMO", "KONVENTIONELL MAMMA", "mamma;brust;breast");
    add(
        builder,
        "CR",
        "KSC",
        "KONVENTIONELL SCHAEDEL",
        "schaedel;hals;skull;head;kopf;felsenbein;hirn;brain;zerebral;cerebral;"
            + "craniell;cranial;nnh");
    add(
        builder,
        "CR",
        "KTH",
        "KONVENTIONELL THORAX",
        "breast;brust;thorax;torso;chest;tx;thx;lunge;lung");
    add(builder, "MG", "MAM", "MAMMOGRAPHIE BDS.", "mammographie;mammography");
    add(
        builder,
        "MR",
        "MRA",
        "MRT DES ABDOMENS",
        "abd;abdomen;bauch;oberbauch;unterbauch;leber;liver;nieren;kidney");
    add(builder, "MR", "MRB", "MRT DER BWS", "bws;brustwirbelsaeule;tspine");
    add(builder, "MR", "MRBE", "MRT DES BECKENS", "becken;pelvis;huefte;hip");
    add(builder, "MR", "MRH", "MRT DER HWS", "hws;halswirbelsaeule;cspine");
    add(builder, "MR", "MRL", "MRT DER LWS", "lws;lendenwirbelsaeule;lspine");
    add(builder, "MR", "MRM", "MRT DER MAMMA", "mamma;brust;breast");
    add(
        builder,
        "MR",
        "MROE",
        "MRT DER OBEREN EXTREMITAETEN",
        "obereextremitaeten;upperextremities;oberarm;unterarm;upperarm;"
            + "lowerarm;schulter;shoulder;ellenbogen;elbow;handgelenk;wrist");
    add(
        builder,
        "MR",
        "MRS",
        "MRT SCHAEDEL",
        "schaedel;skull;head;kopf;felsenbein;brain;hirn;zerebral;cerebral;"
            + "craniell;cranial;nnh");
    add(
        builder,
        "MR",
        "MRSH",
        "MRT VON SCHAEDEL UND HALS",
        "hals;schaedelhals;halsschaedel;kopfhals;halskopf;skullneck;headneck;"
            + "neckskull;neckhead;halsgefaesse");
    add(builder, "MR", "MRTH", "MRT DES THORAX", "thorax;torso;chest;tx;thx;lunge;lung");
    add(
        builder,
        "MR",
        "MRUE",
        "MRT DER UNTEREN EXTREMITAETEN",
        "untereextremitaeten;lowerextremities;oberschenkel;knie;knee;bein;leg;"
            + "femur;fuss;fussgelenk;foot;ankle;unterschenkel;calf");
    add(
        builder,
        "MR",
        "MRWB",
        "MRT WHOLE BODY",
        "wb;gk;ganzkoerper;wholebody;fullbody;entire body");
    add(
        builder,
        "MR",
        "MRWS",
        "MRT DER GESAMTEN WIRBELSAEULE",
        "wirbelsaeule;wholespine;fullspine;spine;spinal;ws");
    add(
        builder,
        "PT",
        "PCTGK",
        "PET CT GANZKOERPER",
        "wb;gk;ganzkoerper;wholebody;fullbody;entire body");
    add(builder, "PT", "PCTH", "PET CT HERZ", "herz;heart");
    add(
        builder,
        "PT",
        "PCTOE",
        "PET CT OBERE EXTREMITAET",
        "obereextremitaeten;upperextremities;oberarm;unterarm;upperarm;"
            + "lowerarm;schulter;shoulder;ellenbogen;elbow;handgelenk;wrist");
    add(
        builder,
        "PT",
        "PCTSC",
        "PET CT SCHAEDEL",
        "schaedel;skull;head;kopf;felsenbein;brain;hirn;zerebral;cerebral;"
            + "craniell;cranial;nnh");
    add(
        builder,
        "PT",
        "PCTSH",
        "PET CT SCHAEDEL/HALS",
        "hals;schaedelhals;halsschaedel;kopfhals;halskopf;skullneck;headneck;"
            + "neckskull;neckhead;halsgefaesse");
    add(
        builder,
        "PT",
        "PCTUE",
        "PET CT UNTERE EXTREMITAET",
        "untereextremitaeten;lowerextremities;oberschenkel;knie;knee;bein;leg;"
            + "femur;fuss;fussgelenk;foot;ankle;unterschenkel;calf");
    add(builder, "CT", "CTWB", "CT WHOLE BODY", "wb;gk;ganzkoerper;wholebody;fullbody;entire body");
    return builder.build();
  }

  private static void add(
      Catalogue.Builder builder, String modality, String code, String name, String keywords) {
    builder.add(
        StudyClass.builder(code, modality)
            .name(name)
            .keywords("*", List.of(keywords.split(";")))
            .build());
  }
}
