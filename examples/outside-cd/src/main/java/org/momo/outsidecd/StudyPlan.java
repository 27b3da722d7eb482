package org.momo.outsidecd;

import java.util.List;

/** A study as its hospital would have burnt it: where its files lie, and what its tags say. */
record StudyPlan(
    String key, Naming naming, String hospital, String description, List<SeriesPlan> series) {

  /** How a viewer's burning software lays files out. */
  enum Naming {
    /** {@code DICOM/PAT1/STU1/SER1/IMG1}: no extension. */
    NUMBERED,
    /** {@code IMAGES/1.2.3.dcm}: all in one folder, named by UID. */
    FLAT,
    /** {@code 00012A3F/0B}: hexadecimal, no extension. */
    HASHED
  }

  /** One series; its instances differ in number and pixels. */
  record SeriesPlan(
      String modality,
      String sopClass,
      String description,
      String bodyPart,
      String protocol,
      int instances) {}

  /** What this CD holds: the same patient in five hospitals, four languages and two wrong tags. */
  static List<StudyPlan> all() {
    String ct = "1.2.840.10008.5.1.4.1.1.2";
    String mr = "1.2.840.10008.5.1.4.1.1.4";
    String dx = "1.2.840.10008.5.1.4.1.1.1.1";
    String us = "1.2.840.10008.5.1.4.1.1.6.1";
    String pt = "1.2.840.10008.5.1.4.1.1.128";
    String mg = "1.2.840.10008.5.1.4.1.1.1.2";
    String sr = "1.2.840.10008.5.1.4.1.1.88.22";
    return List.of(
        new StudyPlan(
            "ct-trunk",
            Naming.NUMBERED,
            "Klinikum Musterstadt",
            "CT Thorax/Abdomen mit KM",
            List.of(
                new SeriesPlan("CT", ct, "Topogram  0.6  T20f", "CHEST", "ThoraxAbd", 1),
                new SeriesPlan("CT", ct, "Thorax  5.0  B31f", "CHEST", "ThoraxAbd", 6),
                new SeriesPlan("CT", ct, "Abdomen  5.0  B30f", "CHEST", "ThoraxAbd", 6),
                new SeriesPlan("SR", sr, "Dosisbericht", "", "", 1))),
        new StudyPlan(
            "mr-knee",
            Naming.FLAT,
            "Clinique de l'Exemple",
            "IRM du genou gauche",
            List.of(
                new SeriesPlan("MR", mr, "SAG DP FAT SAT", "KNEE", "GENOU", 5),
                new SeriesPlan("MR", mr, "COR T1", "KNEE", "GENOU", 4))),
        new StudyPlan(
            "dx-chest",
            Naming.HASHED,
            "Example General Hospital",
            "XR CHEST PA AND LATERAL",
            List.of(
                new SeriesPlan("DX", dx, "PA", "ABDOMEN", "CHEST PA", 1),
                new SeriesPlan("DX", dx, "LAT", "ABDOMEN", "CHEST LAT", 1))),
        new StudyPlan(
            "us-abdomen",
            Naming.FLAT,
            "Ospedale di Esempio",
            "Ecografia addome completo",
            List.of(new SeriesPlan("US", us, "", "", "", 3))),
        new StudyPlan(
            "pet-ct",
            Naming.NUMBERED,
            "Universitätsklinikum Musterstadt",
            "PET/CT Ganzkörper FDG",
            List.of(
                new SeriesPlan("CT", ct, "CT low dose  3.0", "", "PET_CT_WB", 6),
                new SeriesPlan("PT", pt, "PET WB AC", "", "PET_CT_WB", 6))),
        new StudyPlan(
            "mg-screening",
            Naming.HASHED,
            "Radiologie am Beispielplatz",
            "Mammographie bds.",
            List.of(
                new SeriesPlan("MG", mg, "R CC", "BREAST", "", 1),
                new SeriesPlan("MG", mg, "L CC", "BREAST", "", 1))),
        new StudyPlan(
            "ct-silent",
            Naming.NUMBERED,
            "",
            "",
            List.of(new SeriesPlan("CT", ct, "", "", "", 3))));
  }
}
