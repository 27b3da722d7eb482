package org.momo.metadata;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.momo.decision.Region;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/*
 * Rules that a radiographer would sign: a wrist coil is for wrists, a head filter for heads, a
 * study type that the DICOM standard defines means what the standard says. What is often so, but
 * not mostly, is no rule.
 */
/** Reads from the way a series was made what it shows. */
final class Acquisition {
  private static final double COIL_OF_A_JOINT = 0.85;

  /**
   * What an attribute says.
   *
   * @param regions what is shown
   * @param reliability how often it is so, 0.5 to 1
   * @param path the attribute
   * @param matched what in it was recognised, in words of this class or of the DICOM standard
   */
  record Hint(Set<Region> regions, double reliability, TagPath path, String matched) {}

  /** Defined terms of Image Type value 3 for ultrasound (PS3.3 C.8.5.6.1.1). */
  private static final Map<String, Region> ULTRASOUND_TYPES =
      Map.ofEntries(
          Map.entry("ABDOMINAL", Region.ABDOMEN),
          Map.entry("RETROPERITONEAL", Region.ABDOMEN),
          Map.entry("BREAST", Region.BREAST),
          Map.entry("CHEST", Region.CHEST),
          Map.entry("ENDOCAVITARY", Region.PELVIS),
          Map.entry("ENDORECTAL", Region.PELVIS),
          Map.entry("ENDOVAGINAL", Region.PELVIS),
          Map.entry("GYNECOLOGY", Region.PELVIS),
          Map.entry("PELVIC", Region.PELVIS),
          Map.entry("SCROTAL", Region.PELVIS),
          Map.entry("FETAL HEART", Region.OBSTETRIC),
          Map.entry("OBSTETRICAL", Region.OBSTETRIC),
          Map.entry("EPICARDIAL", Region.HEART),
          Map.entry("INTRACARDIAC", Region.HEART),
          Map.entry("TEE", Region.HEART),
          Map.entry("TTE", Region.HEART),
          Map.entry("CARDIOLOGY", Region.HEART),
          Map.entry("CARDIAC", Region.HEART),
          Map.entry("ECHO", Region.HEART),
          Map.entry("NEONATAL HEAD", Region.HEAD),
          Map.entry("TRANSCRANIAL", Region.HEAD),
          Map.entry("OPHTHALMIC", Region.HEAD),
          Map.entry("THYROID", Region.NECK));

  /** Words in a tracer's name, and what is examined with it most of the time. */
  private record Tracer(Pattern name, Region region, double reliability) {}

  private static final List<Tracer> TRACERS =
      List.of(
          tracer("fdg|fluorodeoxyglucose|fludeoxyglucose", Region.WHOLEBODY, 0.7),
          tracer("psma|dotatate|dotatoc|dotanoc|octreotide|mibg", Region.WHOLEBODY, 0.75),
          tracer("hdp|mdp|dpd|medronate|oxidronate|sodium fluoride|naf", Region.WHOLEBODY, 0.7),
          tracer(
              "sestamibi|mibi|tetrofosmin|thallous|thallium|tl-?201|rubidium|rb-?82|flurpiridaz",
              Region.HEART,
              0.7),
          tracer(
              "florbetapir|florbetaben|flutemetamol|flortaucipir|fdopa|fluorodopa|ioflupane|datscan"
                  + "|hmpao|exametazime|ecd|bicisate|fet|fluoroethyltyrosine",
              Region.HEAD,
              0.85),
          tracer("maa|macroaggregated albumin|technegas|xenon|xe-?133", Region.CHEST, 0.85),
          tracer(
              "mag ?3|mertiatide|dmsa|succimer|mebrofenin|hida|disofenin", Region.ABDOMEN, 0.85));

  private static Tracer tracer(String words, Region region, double reliability) {
    return new Tracer(Pattern.compile("(?<![a-z])(" + words + ")(?![a-z])"), region, reliability);
  }

  /** Words in a receive coil's name. */
  private record Coil(Pattern name, Region region, double reliability) {}

  private static final List<Coil> COILS =
      List.of(
          new Coil(Pattern.compile("knee|tr ?knee"), Region.LEXT, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("foot|ankle"), Region.LEXT, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("shoulder|shldr"), Region.UEXT, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("wrist|hand(?!le)|elbow"), Region.UEXT, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("breast|mamm"), Region.BREAST, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("prostate|endorectal|e-?coil"), Region.PELVIS, 0.75),
          new Coil(Pattern.compile("head(?!.?n)|brain|^h$|^neuro"), Region.HEAD, 0.75),
          new Coil(Pattern.compile("ctl|spine"), Region.SPINE, 0.6));

  private static final Set<Region> TRUNK =
      Set.of(Region.NECK, Region.CHEST, Region.ABDOMEN, Region.PELVIS);

  /** Words for ways of imaging that are made for one region. */
  private record Technique(String modality, Pattern name, Region region, double reliability) {}

  private static final List<Technique> TECHNIQUES =
      List.of(
          technique("MR", "mprage|mp2rage|bravo|tfe ?3d brain", Region.HEAD, 0.85),
          technique("MR", "swip?|swan|bold|fmri|asl|pcasl|tractography", Region.HEAD, 0.85),
          technique("MR", "[a-z0-9]*flair|dark ?fluid|dti", Region.HEAD, 0.8),
          technique("MR", "sax|lge|psir|molli|[234] ?ch|cine|short axis", Region.HEART, 0.8),
          technique("MR", "lava|thrive|vibe|(in|opp|out)[- ]?(of )?phase", Region.ABDOMEN, 0.65),
          technique("CT", "gated|best ?(diast|syst)|diastol\\w*|systol\\w*", Region.HEART, 0.75),
          technique("CT", "portal|portal ?venous|pv phase", Region.ABDOMEN, 0.65));

  private static Technique technique(
      String modality, String words, Region region, double reliability) {
    return new Technique(
        modality, Pattern.compile("(?<![a-z])(" + words + ")(?![a-z])"), region, reliability);
  }

  /** Machines that are built for one region. */
  private static final List<Technique> MACHINES =
      List.of(
          technique("US", "vivid.*|sonos.*|ie33.*|sc2000.*|.*cvx", Region.HEART, 0.8),
          technique(
              "CT",
              "i-?cat.*|newtom.*|.*accuitomo.*|galileos.*|scanora.*|promax.*|orthophos.*",
              Region.HEAD,
              0.9),
          technique(
              "XR",
              "orthophos.*|orthopantomograph.*|promax.*|proline.*|veraview.*|cranex.*|heliodent.*",
              Region.HEAD,
              0.9),
          technique("XR", "senograph.*|selenia.*|mammomat.*|microdose.*", Region.BREAST, 0.9));

  private static final Pattern SIEMENS_HEAD_KERNEL = Pattern.compile("H[rcdp]?[0-9]{2}[a-z]*");
  private static final Pattern CANON_HEAD_KERNEL = Pattern.compile("FC2[0-9]");
  private static final Pattern CANON_LUNG_KERNEL = Pattern.compile("FC5[0-6]");
  private static final Pattern PHILIPS_HEAD_KERNEL = Pattern.compile("U[ABC]");
  private static final Pattern PHILIPS_HEART_KERNEL = Pattern.compile("XC[A-D]");
  private static final Pattern LUNG_KERNEL = Pattern.compile("LUNG|Bl[0-9]{2}[a-z]*");
  private static final Pattern CARDIAC_PHASE =
      Pattern.compile("(?<![0-9.])[0-9]{1,2}(\\.[0-9])? ?%");
  private static final Set<String> MAMMOGRAPHY_VIEWS =
      Set.of("CC", "MLO", "ML", "LM", "LMO", "XCCL", "XCCM", "FB", "SIO");

  private Acquisition() {}

  /** What the way a series was made says, each attribute once. */
  static List<Hint> of(Series series, String modality) {
    List<Hint> hints = new ArrayList<>();
    Header header = series.header();
    switch (modality) {
      case "CT" -> ct(header, hints);
      case "MR" -> mr(header, hints);
      case "US", "ECHO", "IVUS" -> ultrasound(series, hints);
      case "XA", "RF" -> angiography(header, hints);
      case "PT", "NM" -> nuclear(header, hints);
      case "CR", "DX", "RG", "MG" -> radiograph(series, hints);
      case "PX", "IO" -> add(hints, Region.HEAD, 0.97, Tag.MODALITY, modality);
      case "EC" -> add(hints, Region.HEART, 0.95, Tag.MODALITY, modality);
      default -> {}
    }
    techniques(series, modality, hints);
    return hints;
  }

  private static void techniques(Series series, String modality, List<Hint> hints) {
    String kind =
        switch (modality) {
          case "CR", "DX", "PX", "IO", "RG" -> "XR";
          default -> modality;
        };
    for (Technique technique : TECHNIQUES) {
      if (technique.modality.equals(kind)) {
        for (int tag : List.of(Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME)) {
          Matcher matcher = technique.name.matcher(lower(series.header().string(tag).orElse("")));
          if (matcher.find()) {
            add(hints, technique.region, technique.reliability, tag, matcher.group());
            break;
          }
        }
      }
    }
    String model = lower(series.header().string(Tag.MANUFACTURER_MODEL_NAME).orElse(""));
    for (Technique machine : MACHINES) {
      Matcher matcher = machine.name.matcher(model);
      if (machine.modality.equals(kind) && matcher.matches()) {
        add(
            hints,
            machine.region,
            machine.reliability,
            Tag.MANUFACTURER_MODEL_NAME,
            "machine for one region");
      }
    }
  }

  /**
   * Whether a CT series shows so little that it cannot be the part of the trunk that its body part
   * names: what is reconstructed that small within the trunk is the spine, most of the time.
   */
  static boolean isDetailOfTrunk(Series series, Set<Region> bodyPart) {
    return series.modality().equals("CT")
        && !bodyPart.isEmpty()
        && TRUNK.containsAll(bodyPart)
        && series.header().number(Tag.RECONSTRUCTION_DIAMETER).orElse(500.0) < 160;
  }

  private static void ct(Header header, List<Hint> hints) {
    List<String> imageType = header.strings(Tag.IMAGE_TYPE);
    if (imageType.contains("LOCALIZER")) {
      return;
    }
    double field = header.number(Tag.RECONSTRUCTION_DIAMETER).orElse(Double.NaN);
    boolean headSized = Double.isNaN(field) || field >= 160 && field <= 300;
    String kernel = header.string(Tag.CONVOLUTION_KERNEL).orElse("");
    if (header.string(Tag.FILTER_TYPE).orElse("").toUpperCase(Locale.ROOT).contains("HEAD")) {
      add(hints, Region.HEAD, headSized ? 0.85 : 0.6, Tag.FILTER_TYPE, "head filter");
    }
    if (headSized
        && (SIEMENS_HEAD_KERNEL.matcher(kernel).matches()
            || CANON_HEAD_KERNEL.matcher(kernel).matches()
            || PHILIPS_HEAD_KERNEL.matcher(kernel).matches())) {
      add(hints, Region.HEAD, 0.8, Tag.CONVOLUTION_KERNEL, "kernel for heads");
    } else if (LUNG_KERNEL.matcher(kernel).matches()
        || CANON_LUNG_KERNEL.matcher(kernel).matches()) {
      add(hints, Region.CHEST, 0.75, Tag.CONVOLUTION_KERNEL, "kernel for lungs");
    } else if (PHILIPS_HEART_KERNEL.matcher(kernel).matches()) {
      add(hints, Region.HEART, 0.8, Tag.CONVOLUTION_KERNEL, "kernel for hearts");
    }
    double tilt = Math.abs(header.number(Tag.GANTRY_DETECTOR_TILT).orElse(0.0));
    if (tilt >= 8 && field >= 180 && field <= 300) {
      add(hints, Region.HEAD, 0.8, Tag.GANTRY_DETECTOR_TILT, "tilted gantry, field of a head");
    }
    List<Header> phantoms = header.items(Tag.CTDI_PHANTOM_TYPE_CODE_SEQUENCE);
    if (headSized
        && !Double.isNaN(field)
        && phantoms.stream()
            .anyMatch(item -> item.string(Tag.CODE_VALUE).orElse("").equals("113690"))) {
      hints.add(
          new Hint(
              Set.of(Region.HEAD),
              0.7,
              TagPath.of(Tag.CTDI_PHANTOM_TYPE_CODE_SEQUENCE, 0, Tag.CODE_VALUE),
              "dose in a head phantom"));
    }
    if (imageType.contains("PERFUSION")
        && imageType.stream().anyMatch(value -> value.equals("RCBF") || value.equals("RCBV"))) {
      add(hints, Region.HEAD, 0.85, Tag.IMAGE_TYPE, "cerebral blood flow");
    }
    String gating = header.string(Tag.CARDIAC_SYNCHRONIZATION_TECHNIQUE).orElse("NONE");
    if (!gating.equals("NONE")) {
      add(hints, Region.HEART, 0.75, Tag.CARDIAC_SYNCHRONIZATION_TECHNIQUE, "gated");
    } else if (header.number(Tag.HEART_RATE).orElse(0.0) > 20) {
      add(hints, Region.HEART, 0.7, Tag.HEART_RATE, "heart rate");
    } else if (CARDIAC_PHASE
        .matcher(lower(header.string(Tag.SERIES_DESCRIPTION).orElse("")))
        .find()) {
      add(hints, Region.HEART, 0.75, Tag.SERIES_DESCRIPTION, "phase of the heart");
    }
  }

  private static void mr(Header header, List<Hint> hints) {
    String coil = lower(header.string(Tag.RECEIVE_COIL_NAME).orElse(""));
    TagPath path = TagPath.of(Tag.RECEIVE_COIL_NAME);
    if (coil.isEmpty()) {
      for (Header shared : header.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)) {
        for (Header item : shared.items(Tag.MR_RECEIVE_COIL_SEQUENCE)) {
          coil = lower(item.string(Tag.RECEIVE_COIL_NAME).orElse(""));
          path =
              TagPath.of(Tag.MR_RECEIVE_COIL_SEQUENCE, 0, Tag.RECEIVE_COIL_NAME)
                  .inside(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, 0);
        }
      }
    }
    for (Coil known : COILS) {
      Matcher matcher = known.name.matcher(coil);
      if (matcher.find()) {
        hints.add(
            new Hint(Set.of(known.region), known.reliability, path, "coil: " + matcher.group()));
        break;
      }
    }
    double inversion = header.number(Tag.INVERSION_TIME).orElse(0.0);
    if (inversion >= 1700
        && inversion <= 3000
        && header.number(Tag.ECHO_TIME).orElse(0.0) >= 70
        && header.number(Tag.REPETITION_TIME).orElse(0.0) >= 4000) {
      add(hints, Region.HEAD, 0.8, Tag.INVERSION_TIME, "water suppressed as in FLAIR");
    }
  }

  private static void ultrasound(Series series, List<Hint> hints) {
    Set<String> types = new LinkedHashSet<>();
    boolean heartRate = false;
    for (Instance instance : series.instances()) {
      List<String> imageType = instance.header().strings(Tag.IMAGE_TYPE);
      if (imageType.size() > 2) {
        types.add(imageType.get(2));
      }
      heartRate |=
          instance.header().number(Tag.HEART_RATE).orElse(0.0) > 20
              && instance.header().number(Tag.NUMBER_OF_FRAMES).orElse(1.0) > 1;
    }
    Set<Region> regions = new LinkedHashSet<>();
    for (String type : types) {
      Region region = ULTRASOUND_TYPES.get(type);
      if (region != null && regions.add(region)) {
        add(hints, region, 0.75, Tag.IMAGE_TYPE, type);
      }
    }
    if (heartRate) {
      add(hints, Region.HEART, 0.75, Tag.HEART_RATE, "moving images with a heart rate");
    }
  }

  private static void angiography(Header header, List<Hint> hints) {
    double primary = Math.abs(header.number(Tag.POSITIONER_PRIMARY_ANGLE).orElse(0.0));
    double secondary = Math.abs(header.number(Tag.POSITIONER_SECONDARY_ANGLE).orElse(0.0));
    boolean moving = header.number(Tag.NUMBER_OF_FRAMES).orElse(1.0) > 10;
    if (moving && primary >= 10 && primary <= 60 && secondary >= 15) {
      add(
          hints,
          Region.HEART,
          0.75,
          Tag.POSITIONER_SECONDARY_ANGLE,
          "moving images at a doubly oblique angle");
    }
  }

  private static void nuclear(Header header, List<Hint> hints) {
    List<String> imageType = header.strings(Tag.IMAGE_TYPE);
    String third = imageType.size() > 2 ? imageType.get(2) : "";
    if (third.equals("WHOLE BODY")) {
      add(hints, Region.WHOLEBODY, 0.9, Tag.IMAGE_TYPE, "WHOLE BODY");
    } else if (third.contains("GATED")) {
      add(hints, Region.HEART, 0.85, Tag.IMAGE_TYPE, "GATED");
    }
    if (header.strings(Tag.SERIES_TYPE).contains("WHOLE BODY")) {
      add(hints, Region.WHOLEBODY, 0.8, Tag.SERIES_TYPE, "WHOLE BODY");
    }
    List<Header> items = header.items(Tag.RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE);
    for (int i = 0; i < Math.min(items.size(), 4); i++) {
      StringBuilder names = new StringBuilder();
      names.append(items.get(i).string(Tag.RADIOPHARMACEUTICAL).orElse(""));
      items
          .get(i)
          .codes(Tag.RADIOPHARMACEUTICAL_CODE_SEQUENCE)
          .forEach(code -> names.append(' ').append(code.meaning()));
      TagPath path =
          TagPath.of(Tag.RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE, i, Tag.RADIOPHARMACEUTICAL);
      String text = lower(names.toString());
      for (Tracer tracer : TRACERS) {
        Matcher matcher = tracer.name.matcher(text);
        if (matcher.find()) {
          hints.add(new Hint(Set.of(tracer.region), tracer.reliability, path, matcher.group()));
          break;
        }
      }
    }
  }

  private static void radiograph(Series series, List<Hint> hints) {
    Set<String> views = new LinkedHashSet<>();
    for (Instance instance : series.instances()) {
      instance.header().string(Tag.VIEW_POSITION).ifPresent(views::add);
    }
    for (String view : views) {
      if (MAMMOGRAPHY_VIEWS.contains(view)) {
        add(hints, Region.BREAST, 0.9, Tag.VIEW_POSITION, view);
        return;
      }
    }
    if (views.contains("PA")
        && (views.contains("LL") || views.contains("RL") || views.contains("LATERAL"))) {
      add(hints, Region.CHEST, 0.65, Tag.VIEW_POSITION, "PA and lateral");
    }
  }

  private static void add(
      List<Hint> hints, Region region, double reliability, int tag, String matched) {
    hints.add(new Hint(Set.of(region), reliability, TagPath.of(tag), matched));
  }

  private static String lower(String text) {
    return (text.length() > 256 ? text.substring(0, 256) : text)
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }
}
