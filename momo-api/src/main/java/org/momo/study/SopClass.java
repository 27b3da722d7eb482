package org.momo.study;

import org.jspecify.annotations.Nullable;

/** What a SOP class, or a Modality where there is none, says of an object (PS3.6 annex A). */
final class SopClass {
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  private SopClass() {}

  static boolean isImage(Header header) {
    String sopClass = header.string(Tag.SOP_CLASS_UID).orElse("");
    if (sopClass.startsWith(STORAGE)) {
      return isImageStorage(sopClass.substring(STORAGE.length()));
    }
    if (sopClass.startsWith("1.2.840.10008.")) {
      // Directories, hanging protocols, implant templates, work lists.
      return sopClass.startsWith("1.2.840.10008.5.1.4.1.2.");
    }
    if (!sopClass.isEmpty() && header.strings(Tag.ROWS).isEmpty()) {
      // Vendors keep raw data, protocols and models under classes of their own.
      return false;
    }
    return switch (header.string(Tag.MODALITY).orElse("")) {
      case "SR",
          "PR",
          "KO",
          "SEG",
          "RTSTRUCT",
          "RTPLAN",
          "RTDOSE",
          "RTRECORD",
          "RTINTENT",
          "RTRAD",
          "RTSEGANN",
          "DOC",
          "REG",
          "FID",
          "RWV",
          "AU",
          "ECG",
          "EPS",
          "HD",
          "RESP",
          "EEG",
          "EMG",
          "EOG",
          "PLAN",
          "SMR",
          "ASMT",
          "ANN",
          "HC",
          "M3D",
          "STAIN",
          "TEXTUREMAP" ->
          false;
      default -> true;
    };
  }

  private static boolean isImageStorage(String kind) {
    int dot = kind.indexOf('.');
    String family = dot < 0 ? kind : kind.substring(0, dot);
    return switch (family) {
      case "9", "11", "66", "67", "68", "78", "79", "80", "88", "90", "91", "104", "131", "200" ->
          false;
      case "4" -> !kind.equals("4.2");
      case "77" -> !kind.equals("77.1.5.3");
      case "481" -> kind.equals("481.1") || kind.equals("481.23");
      default -> true;
    };
  }

  /**
   * The Modality of an object: what it states, unless that is nothing, or {@code OT}, or what an
   * object of its SOP class cannot be. Only CT, MR and PET storage rule others out: an old PET may
   * be stored as NM, an intravascular ultrasound as US, and of the kinds of radiographs each passes
   * for the other.
   */
  static String modality(Header header) {
    String stated = header.string(Tag.MODALITY).orElse("");
    String implied = modality(header.string(Tag.SOP_CLASS_UID).orElse(""));
    if (implied == null) {
      return stated;
    }
    boolean rules =
        stated.isEmpty()
            || stated.equals("OT")
            || implied.equals("CT")
            || implied.equals("MR")
            || implied.equals("PT");
    return rules ? implied : stated;
  }

  /** The Modality that a SOP class can only have, or null where it leaves a choice. */
  private static @Nullable String modality(String sopClass) {
    if (!sopClass.startsWith(STORAGE)) {
      return null;
    }
    return switch (sopClass.substring(STORAGE.length())) {
      case "1" -> "CR";
      case "1.1", "1.1.1" -> "DX";
      case "1.2", "1.2.1", "13.1.3", "13.1.4", "13.1.5" -> "MG";
      case "1.3", "1.3.1" -> "IO";
      case "2", "2.1", "2.2" -> "CT";
      case "4", "4.1", "4.3", "4.4" -> "MR";
      case "3", "3.1", "6", "6.1", "6.2" -> "US";
      case "12.1", "12.1.1" -> "XA";
      case "12.2", "12.2.1" -> "RF";
      case "20" -> "NM";
      case "128", "128.1", "130" -> "PT";
      default -> null;
    };
  }
}
