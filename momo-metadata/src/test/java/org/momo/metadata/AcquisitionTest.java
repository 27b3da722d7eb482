package org.momo.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.momo.decision.Opinion;
import org.momo.decision.Vote;
import org.momo.spi.DecisionLayer;
import org.momo.study.Tag;

/** What is decided where nothing but the way of imaging speaks. */
class AcquisitionTest {
  private static final DecisionLayer LAYER =
      Studies.layer("evidence", SmallCatalogue.catalogue(), Map.of());
  private static final String AXIAL = "1\\0\\0\\0\\1\\0";
  private static final String SAGITTAL = "0\\1\\0\\0\\0\\-1";
  private static final String NOTHING = "-";

  private static String winner(Studies study) throws Exception {
    return LAYER.consider(study.study()) instanceof Opinion.Votes votes
        ? votes.ballot().winner().orElseThrow().code()
        : NOTHING;
  }

  private static Studies one(String modality, Object... tagsAndValues) {
    return Studies.with().series(modality, tagsAndValues);
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        arguments(
            "a window for brains",
            one("CT", Tag.WINDOW_CENTER, "40\\500", Tag.WINDOW_WIDTH, "80\\2000"),
            "CT-HEAD"),
        arguments(
            "a window for lungs",
            one("CT", Tag.WINDOW_CENTER, "-600", Tag.WINDOW_WIDTH, "1600"),
            "CT-CHEST"),
        arguments(
            "a window for soft tissue, which is everywhere",
            one("CT", Tag.WINDOW_CENTER, "40", Tag.WINDOW_WIDTH, "400"),
            NOTHING),
        arguments(
            "a window for brains over a field too large for one",
            one(
                "CT",
                Tag.WINDOW_CENTER,
                "40",
                Tag.WINDOW_WIDTH,
                "80",
                Tag.RECONSTRUCTION_DIAMETER,
                "400"),
            NOTHING),
        arguments(
            "the scan field of a head",
            one("CT", Tag.DATA_COLLECTION_DIAMETER, "250", Tag.RECONSTRUCTION_DIAMETER, "230"),
            "CT-HEAD"),
        arguments(
            "a reconstruction triggered by the heart",
            one("CT", Tag.SCAN_OPTIONS, "TP60PC0700"),
            "CT-HEART"),
        arguments(
            "the orbitomeatal line", one("CT", Tag.POSITION_REFERENCE_INDICATOR, "OM"), "CT-HEAD"),
        arguments(
            "slices from the sternal notch to the diaphragm",
            Studies.with()
                .stack(
                    "CT",
                    -280,
                    0,
                    Tag.POSITION_REFERENCE_INDICATOR,
                    "SN",
                    Tag.RECONSTRUCTION_DIAMETER,
                    "360"),
            "CT-CHEST"),
        arguments(
            "slices from the sternal notch to the groin",
            Studies.with()
                .stack(
                    "CT",
                    -640,
                    10,
                    Tag.POSITION_REFERENCE_INDICATOR,
                    "SN",
                    Tag.RECONSTRUCTION_DIAMETER,
                    "360"),
            "CT-CHEST-ABDOMEN-PELVIS"),
        arguments(
            "slices along a trunk",
            Studies.with().stack("CT", -1200, -560, Tag.RECONSTRUCTION_DIAMETER, "380"),
            "CT-CHEST-ABDOMEN-PELVIS"),
        arguments(
            "slices along a body",
            Studies.with().stack("CT", -1700, 0, Tag.RECONSTRUCTION_DIAMETER, "500"),
            "CT-WHOLEBODY"),
        arguments(
            "a small field in the middle of the back",
            one(
                "CT",
                Tag.RECONSTRUCTION_DIAMETER,
                "150",
                Tag.IMAGE_ORIENTATION_PATIENT,
                AXIAL,
                Tag.IMAGE_POSITION_PATIENT,
                "-75\\-10\\0",
                Tag.DATA_COLLECTION_CENTER_PATIENT,
                "0\\-150\\0",
                Tag.RECONSTRUCTION_TARGET_CENTER_PATIENT,
                "5\\-80\\0"),
            "CT-SPINE"),
        arguments(
            "a small field at the side, feet first",
            one(
                "CT",
                Tag.PATIENT_POSITION,
                "FFS",
                Tag.RECONSTRUCTION_DIAMETER,
                "180",
                Tag.IMAGE_ORIENTATION_PATIENT,
                AXIAL,
                Tag.IMAGE_POSITION_PATIENT,
                "10\\-240\\0",
                Tag.DATA_COLLECTION_CENTER_PATIENT,
                "0\\-150\\0",
                Tag.RECONSTRUCTION_TARGET_CENTER_PATIENT,
                "100\\-150\\0"),
            "CT-LEXT"),
        arguments(
            "a coil that sends as well", one("MR", Tag.TRANSMIT_COIL_NAME, "TxRx_Knee"), "MR-LEXT"),
        arguments("a coil for feet", one("MR", Tag.RECEIVE_COIL_NAME, "Foot_Ankle_16"), "MR-LEXT"),
        arguments(
            "a coil for spines with one for bodies, as for any trunk",
            one("MR", Tag.RECEIVE_COIL_NAME, "Body_18;Spine_32"),
            NOTHING),
        arguments("a coil for spines", one("MR", Tag.RECEIVE_COIL_NAME, "Spine_32"), "MR-SPINE"),
        arguments(
            "a coil for hearts, which serves for any trunk",
            one("MR", Tag.RECEIVE_COIL_NAME, "SENSE-Cardiac"),
            NOTHING),
        arguments(
            "inversion as for MPRAGE",
            one(
                "MR",
                Tag.SEQUENCE_NAME,
                "*tfl3d1_16",
                Tag.INVERSION_TIME,
                "900",
                Tag.REPETITION_TIME,
                "2300"),
            "MR-HEAD"),
        arguments(
            "contrast of fluid attenuation",
            one("MR", Tag.ACQUISITION_CONTRAST, "FLUID_ATTENUATED"),
            "MR-HEAD"),
        arguments("tagging", one("MR", Tag.ACQUISITION_CONTRAST, "TAGGING"), "MR-HEART"),
        arguments(
            "cerebral blood volume",
            one("MR", Tag.IMAGE_TYPE, "DERIVED\\PRIMARY\\PERFUSION\\RCBV"),
            "MR-HEAD"),
        arguments(
            "many images of a heart's cycle",
            one("MR", Tag.CARDIAC_NUMBER_OF_IMAGES, "25", Tag.HEART_RATE, "64"),
            "MR-HEART"),
        arguments(
            "a small field, feet first",
            one("MR", Tag.PATIENT_POSITION, "FFS", Tag.RECONSTRUCTION_DIAMETER, "150"),
            "MR-LEXT"),
        arguments(
            "a large field, prone",
            one(
                "MR",
                Tag.PATIENT_POSITION,
                "HFP",
                Tag.RECONSTRUCTION_DIAMETER,
                "340",
                Tag.IMAGE_ORIENTATION_PATIENT,
                AXIAL,
                Tag.IMAGE_POSITION_PATIENT,
                "-170\\-170\\0"),
            "MR-BREAST"),
        arguments(
            "a small field far from the middle",
            one(
                "MR",
                Tag.PATIENT_POSITION,
                "HFS",
                Tag.RECONSTRUCTION_DIAMETER,
                "160",
                Tag.IMAGE_ORIENTATION_PATIENT,
                AXIAL,
                Tag.IMAGE_POSITION_PATIENT,
                "-230\\-80\\0"),
            "MR-UEXT"),
        arguments(
            "the field of a head",
            one(
                "MR",
                Tag.PATIENT_POSITION,
                "HFS",
                Tag.PIXEL_SPACING,
                "0.9\\0.9",
                Tag.ROWS,
                "256",
                Tag.COLUMNS,
                "256",
                Tag.IMAGE_ORIENTATION_PATIENT,
                AXIAL,
                Tag.IMAGE_POSITION_PATIENT,
                "-115\\-115\\0"),
            "MR-HEAD"),
        arguments(
            "a long field of few sagittal slices",
            one(
                "MR",
                Tag.PATIENT_POSITION,
                "HFS",
                Tag.RECONSTRUCTION_DIAMETER,
                "340",
                Tag.IMAGE_ORIENTATION_PATIENT,
                SAGITTAL,
                Tag.IMAGE_POSITION_PATIENT,
                "0\\-170\\170"),
            "MR-SPINE"),
        arguments(
            "a transducer for cavities", one("US", Tag.TRANSDUCER_DATA, "IC5-9D"), "US-PELVIS"),
        arguments("a phased array", one("US", Tag.TRANSDUCER_TYPE, "SECTOR_PHASED"), "US-HEART"),
        arguments("a phased array by name", one("US", Tag.TRANSDUCER_DATA, "S5-1"), "US-HEART"),
        arguments(
            "a linear array, which serves for many parts",
            one("US", Tag.TRANSDUCER_DATA, "L12-5"),
            NOTHING),
        arguments("stages of a stress test", one("US", Tag.NUMBER_OF_STAGES, "4"), "US-HEART"),
        arguments(
            "continuous wave Doppler",
            one(
                "US",
                Tag.SEQUENCE_OF_ULTRASOUND_REGIONS,
                List.of(
                    Studies.item(Tag.REGION_DATA_TYPE, "1"),
                    Studies.item(Tag.REGION_DATA_TYPE, "4"))),
            "US-HEART"),
        arguments("pregnancy", one("US", Tag.PREGNANCY_STATUS, "3"), "US-OBSTETRIC"),
        arguments(
            "an obstetric preset left on for a man",
            one("US", Tag.PATIENT_SEX, "M", Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\OBSTETRICAL"),
            NOTHING),
        arguments("a hard beam", one("DX", Tag.KVP, "125"), "XR-CHEST"),
        arguments("a beam for mammography", one("CR", Tag.KVP, "28"), "XR-BREAST"),
        arguments("a beam for bones of any kind", one("DX", Tag.KVP, "60"), NOTHING),
        arguments("a far tube", one("DX", Tag.DISTANCE_SOURCE_TO_DETECTOR, "1830"), "XR-CHEST"),
        arguments(
            "a large plate from behind",
            one(
                "CR",
                Tag.VIEW_POSITION,
                "PA",
                Tag.IMAGER_PIXEL_SPACING,
                "0.2\\0.2",
                Tag.ROWS,
                "2140",
                Tag.COLUMNS,
                "1760"),
            "XR-CHEST"),
        arguments("a view of one joint", one("CR", Tag.VIEW_POSITION, "SUNRISE"), "XR-LEXT"),
        arguments(
            "a coded view of mammography",
            one("DX", Tag.VIEW_CODE_SEQUENCE, List.of(Studies.code("SRT", "R-10226", ""))),
            "XR-BREAST"),
        arguments(
            "frames as fast as for coronaries",
            one("XA", Tag.NUMBER_OF_FRAMES, "80", Tag.FRAME_TIME, "66.7"),
            "XA-HEART"),
        arguments(
            "frames as slow as for other vessels",
            one("XA", Tag.NUMBER_OF_FRAMES, "40", Tag.FRAME_TIME, "500"),
            NOTHING));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("ways")
  @DisplayName("The way of imaging decides where it is made for one region")
  void way(String name, Studies study, String expected) throws Exception {
    assertThat(winner(study)).isEqualTo(expected);
  }

  @Test
  @DisplayName("Numbers that are none, and vectors that are too short, are not read")
  void damaged() throws Exception {
    assertThat(
            winner(
                one(
                    "CT",
                    Tag.IMAGE_ORIENTATION_PATIENT,
                    "1\\0\\x\\0\\1\\0",
                    Tag.IMAGE_POSITION_PATIENT,
                    "1\\NaN",
                    Tag.PIXEL_SPACING,
                    "wide",
                    Tag.WINDOW_WIDTH,
                    "1e400",
                    Tag.KVP,
                    "")))
        .isEqualTo(NOTHING);
  }

  @Test
  @DisplayName("The trace says which attribute speaks for which region, and how sure it is alone")
  void trace() throws Exception {
    Opinion opinion = LAYER.consider(one("MR", Tag.RECEIVE_COIL_NAME, "SENSE-Knee-8").study());
    Vote vote = ((Opinion.Votes) opinion).ballot().votes().get(0);
    assertThat(vote.evidence().attribute().orElseThrow().keywords()).isEqualTo("ReceiveCoilName");
    assertThat(vote.evidence().matched()).isEqualTo("coil: knee");
    assertThat(vote.evidence().note()).isEqualTo("speaks for LEXT, alone 85 %");
  }
}
