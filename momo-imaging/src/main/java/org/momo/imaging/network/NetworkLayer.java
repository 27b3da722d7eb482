package org.momo.imaging.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.ModalityGroups;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.imaging.codec.PixelDecoders;
import org.momo.imaging.model.LoadedModel;
import org.momo.imaging.model.ModelManifest;
import org.momo.imaging.model.ModelPackage;
import org.momo.imaging.model.PictureSpec;
import org.momo.imaging.volume.ImageOptions;
import org.momo.imaging.volume.SeriesStacks;
import org.momo.spi.BuildContext;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Consultation;
import org.momo.spi.DecisionLayer;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.Options;
import org.momo.spi.PixelDecoder;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/**
 * Lets networks judge the series of a study: the published network ensemble (Jonske et al.,
 * European Radiology 2022), and what it lacked.
 *
 * <p><b>Which series.</b> Series of images that speak for the study's {@linkplain ModalityGroups
 * modality group}, but for localisers, screenshots, reports and those whose description holds a
 * word of the blacklist. DICOM Modalities are mapped to groups by the catalogue, as DX to CR. PET
 * images are never looked at: a PET study is judged by its CT or MR series, and the class that a
 * network names stands for its {@linkplain StudyClass#petPartner PET partner}. A modality that has
 * one class alone in the catalogue, as mammography may, needs no network: each series votes for it.
 *
 * <p><b>Which vote.</b> One for each series: for the class of most calibrated probability, of a
 * weight of that probability. Several networks of one modality answer together, by the mean of
 * their probabilities. A series whose confidence is below the minimum, or whose first two classes
 * are equal, does not vote; neither does one that cannot be read, and the trace says why.
 *
 * <p><b>How many.</b> Where the layer is {@linkplain Consultation#countsDirectly counted directly},
 * series are asked in their order only until those that are left could no longer change which class
 * is decided. The confidence of the decision is then the share of the votes that were cast.
 *
 * <p><b>Failure.</b> A network that fails fails the layer, for this study; the configuration says
 * by {@code on-failure} whether the study is then undecided. A series that fails does not vote.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>option</th><th>what it says</th><th>default</th></tr>
 * <tr><td>{@code models}</td><td>the {@linkplain ModelPackage model packages}</td>
 *     <td>the configuration's {@code networks}</td></tr>
 * <tr><td>{@code backends}</td><td>options for backends, by their full name</td><td>none</td></tr>
 * <tr><td>{@code minimum-confidence}</td><td>below which a series does not vote, 0 to 1</td>
 *     <td>what the networks' manifests ask for, else 0.15</td></tr>
 * <tr><td>{@code most-entropy}</td><td>above which entropy a series does not vote, as a share of
 *     the entropy of a network that knows nothing, 0 to 1</td><td>1: all vote</td></tr>
 * <tr><td>{@code most-per-type}</td><td>how many series of one type count in full: where there are
 *     more, the votes of all of them are scaled so that they count together as so many. Of one type
 *     are series of the same description but for counts and sizes</td><td>all count</td></tr>
 * <tr><td>{@code most-series}</td><td>how many series are asked at most; the first ones</td>
 *     <td>500</td></tr>
 * <tr><td>{@code blacklist}</td><td>words that a description must not hold</td>
 *     <td>the published ones</td></tr>
 * <tr><td>{@code early-stop}</td><td>whether series are left out that cannot change the
 *     outcome</td><td>true</td></tr>
 * <tr><td>{@code threads}</td><td>how many threads make pictures while a network runs; with 1, the
 *     thread that asks makes them in between</td><td>one for each processor</td></tr>
 * <tr><td>{@code batch}</td><td>how many images a network is given at once</td><td>1</td></tr>
 * <tr><td>{@code time-limit}</td><td>how long a study may take, in seconds, before the layer
 *     fails; a run that has begun is waited for</td><td>600</td></tr>
 * </table>
 *
 * <p>The opinion is the same to the last bit for any {@code threads} and {@code batch}. A study
 * holds at most {@code threads + batch} series' pictures in memory at a time.
 *
 * <p>This class is thread-safe.
 */
public final class NetworkLayer implements DecisionLayer {
  private final ModalityGroups groups;
  private final Catalogue catalogue;
  private final Map<String, Ensemble> ensembles;
  private final Map<String, StudyClass> onlyClasses;
  private final NetworkOptions options;
  private final ImageOptions images;
  private final @Nullable ExecutorService helpers;

  private NetworkLayer(
      BuildContext context, Map<String, Ensemble> ensembles, NetworkOptions options) {
    this.catalogue = context.catalogue();
    this.groups = ModalityGroups.of(catalogue);
    this.ensembles = ensembles;
    this.onlyClasses = onlyClasses(catalogue);
    this.options = options;
    List<PixelDecoder> decoders = new ArrayList<>(context.decoders());
    decoders.addAll(PixelDecoders.standard());
    this.images = options.images().withDecoders(decoders);
    this.helpers = options.threads() == 1 ? null : helpers(options.threads());
  }

  private static ExecutorService helpers(int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "momo-pictures-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Map<String, StudyClass> onlyClasses(Catalogue catalogue) {
    Map<String, @Nullable StudyClass> found = new HashMap<>();
    for (StudyClass each : catalogue.classes()) {
      found.put(each.modality(), found.containsKey(each.modality()) ? null : each);
    }
    Map<String, StudyClass> only = new HashMap<>();
    found.forEach(
        (group, each) -> {
          if (each != null) {
            only.put(group, each);
          }
        });
    return only;
  }

  /**
   * Builds the layer: loads and checks each model package, and runs each network once.
   *
   * @param options what the configuration says; see the table above
   * @param context gives the catalogue, the preprocessors, the backends and the decoders
   * @return the layer; closing it lets go of the networks
   * @throws ConfigurationException if an option or a package is wrong; the message names it
   */
  public static NetworkLayer create(Options options, BuildContext context) {
    List<String> places = options.strings("models").orElse(List.of());
    Options ofBackends = options.options("backends");
    NetworkOptions read = NetworkOptions.read(options);
    if (places.isEmpty()) {
      throw new ConfigurationException(
          options.where() + " needs the option 'models': the paths of model packages");
    }
    List<LoadedModel> loaded = new ArrayList<>();
    try {
      Map<String, InferenceBackend> backends = new HashMap<>();
      for (String place : places) {
        loaded.add(load(context.baseFolder().resolve(place), ofBackends, backends, context));
      }
      return new NetworkLayer(context, ensembles(loaded), read);
    } catch (RuntimeException | Error e) {
      close(loaded, e);
      throw e;
    }
  }

  private static LoadedModel load(
      Path place,
      Options ofBackends,
      Map<String, InferenceBackend> backends,
      BuildContext context) {
    try {
      ModelManifest manifest = ModelPackage.manifestOf(place);
      InferenceBackend backend = backends.get(manifest.backend());
      if (backend == null) {
        backend = backend(manifest, ofBackends, context);
        backends.put(manifest.backend(), backend);
      }
      return LoadedModel.load(ModelPackage.open(place), backend, context);
    } catch (IOException e) {
      throw new ConfigurationException(
          "the model package " + place + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static InferenceBackend backend(
      ModelManifest manifest, Options ofBackends, BuildContext context) {
    try {
      return context.backend(manifest.backend(), ofBackends.options(manifest.backend()));
    } catch (ConfigurationException e) {
      throw new ConfigurationException(manifest.where() + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Ensemble> ensembles(List<LoadedModel> models) {
    Map<String, List<LoadedModel>> byGroup = new TreeMap<>();
    for (LoadedModel model : models) {
      String group = model.modalityGroup();
      if (group.equals("PT") || group.equals(ModalityGroups.PET_MR)) {
        throw new ConfigurationException(
            model.manifest().where()
                + ": PET images are not judged; a PET study is judged by the networks of CT and MR"
                + " through the catalogue's petPartner");
      }
      byGroup.computeIfAbsent(group, g -> new ArrayList<>()).add(model);
    }
    Map<String, Ensemble> ensembles = new TreeMap<>();
    byGroup.forEach((group, each) -> ensembles.put(group, Ensemble.of(group, each)));
    return ensembles;
  }

  @Override
  public Opinion consider(Study study) throws InferenceException, InterruptedException {
    return consider(
        study,
        new Consultation() {
          @Override
          public Ballot soFar() {
            return Ballot.empty();
          }

          @Override
          public void note(String text) {}
        });
  }

  @Override
  public Opinion consider(Study study, Consultation consultation)
      throws InferenceException, InterruptedException {
    Optional<String> group = groups.of(study);
    if (group.isEmpty()) {
      return Opinion.abstain(groups.whyNone(study));
    }
    StudyClass only = onlyClasses.get(group.get());
    if (only != null && !ensembles.containsKey(group.get())) {
      return votesFor(only, study, consultation);
    }
    Deadline deadline = Deadline.in(options.seconds());
    List<Subject> subjects = subjects(study, group.get(), consultation, deadline);
    if (subjects.isEmpty()) {
      return Opinion.abstain(whyNone(study));
    }
    return ask(subjects, consultation, deadline);
  }

  private String whyNone(Study study) {
    List<Series> images = study.imageSeries();
    if (images.isEmpty()) {
      return "the study has no images";
    }
    return images.stream().allMatch(series -> groups.of(series).filter("PT"::equals).isPresent())
        ? "PET images are not judged, and the study has no others"
        : "no series of the study can be shown to a network";
  }

  /** What needs no network: all series are of the one class that there is. */
  private Opinion votesFor(StudyClass only, Study study, Consultation consultation) {
    List<Vote> votes = new ArrayList<>();
    for (Series series : study.imageSeries()) {
      if (groups.of(series).filter(only.modality()::equals).isEmpty()) {
        continue;
      }
      Optional<String> reason = SeriesStacks.of(series, images).reason();
      if (reason.isPresent()) {
        note(consultation, series, reason.get());
        continue;
      }
      votes.add(
          new Vote(
              only,
              1,
              new Evidence(
                  Evidence.Kind.DECLARED,
                  TagPath.of(Tag.MODALITY),
                  series.uid(),
                  only.modality(),
                  "the only class of the modality")));
    }
    return votes.isEmpty()
        ? Opinion.abstain("no series of the study has images that count")
        : Opinion.votes(votes);
  }

  private List<Subject> subjects(
      Study study, String group, Consultation consultation, Deadline deadline)
      throws InferenceException {
    List<Subject> found = new ArrayList<>();
    Map<String, List<@Nullable StudyClass>> targets = new HashMap<>();
    Map<String, Integer> ofType = new HashMap<>();
    for (Series series : study.imageSeries()) {
      deadline.check();
      Optional<String> own = groups.of(series);
      if (own.isEmpty() || own.get().equals("PT") || !groups.speaksFor(series, group)) {
        continue;
      }
      Ensemble networks = ensembles.get(own.get());
      if (networks == null) {
        note(consultation, series, "there is no network for the modality " + own.get());
        continue;
      }
      List<@Nullable StudyClass> stand =
          targets.computeIfAbsent(own.get(), g -> targets(networks, group));
      if (stand.stream().allMatch(Objects::isNull)) {
        note(
            consultation,
            series,
            "no class of " + networks + " stands for one of a " + group + " study");
        continue;
      }
      Map<PictureSpec, SeriesStacks> stacks = new LinkedHashMap<>();
      String reason = null;
      for (PictureSpec picture : networks.pictures()) {
        SeriesStacks each = SeriesStacks.of(series, picture.options(images));
        stacks.put(picture, each);
        reason = reason == null ? each.reason().orElse(null) : reason;
      }
      if (reason != null) {
        note(consultation, series, reason);
        continue;
      }
      if (found.size() == options.mostSeries()) {
        consultation.note(
            "only the first "
                + options.mostSeries()
                + " series are asked, by the option most-series");
        break;
      }
      found.add(new Subject(series, networks, stand, stacks, 1));
      ofType.merge(SeriesType.of(series), 1, Integer::sum);
    }
    return options.mostPerType() == 0 ? found : capped(found, ofType, consultation);
  }

  private List<Subject> capped(
      List<Subject> subjects, Map<String, Integer> ofType, Consultation consultation) {
    List<Subject> scaled = new ArrayList<>();
    int affected = 0;
    for (Subject each : subjects) {
      int count = ofType.getOrDefault(SeriesType.of(each.series()), 1);
      boolean many = count > options.mostPerType();
      affected += many ? 1 : 0;
      scaled.add(many ? each.scaled((double) options.mostPerType() / count) : each);
    }
    if (affected > 0) {
      consultation.note(
          affected
              + " series are of types that have more than "
              + options.mostPerType()
              + " each, and count less");
    }
    return scaled;
  }

  private List<@Nullable StudyClass> targets(Ensemble networks, String group) {
    List<@Nullable StudyClass> targets = new ArrayList<>();
    for (StudyClass each : networks.classes()) {
      targets.add(
          group.equals(networks.group())
              ? each
              : each.petPartner()
                  .flatMap(catalogue::find)
                  .filter(partner -> partner.modality().equals(group))
                  .orElse(null));
    }
    return targets;
  }

  private Opinion ask(List<Subject> subjects, Consultation consultation, Deadline deadline)
      throws InferenceException, InterruptedException {
    Leader leader = new Leader(consultation, options.earlyStop());
    double[] left = new double[subjects.size() + 1];
    for (int i = subjects.size() - 1; i >= 0; i--) {
      left[i] = left[i + 1] + subjects.get(i).scale();
    }
    List<Vote> votes = new ArrayList<>();
    int asked = 0;
    try (Preparation preparation = new Preparation(subjects, helpers, options, images, deadline)) {
      while (asked < subjects.size() && !leader.cannotChange(left[asked])) {
        int end = Math.min(subjects.size(), asked + options.batch());
        List<Prepared> prepared = new ArrayList<>();
        for (int i = asked; i < end; i++) {
          prepared.add(preparation.next());
        }
        List<double @Nullable []> given = run(subjects.subList(asked, end), prepared, deadline);
        // What a batch brought beyond the point of stopping is not used: it must not matter.
        for (int i = 0; i < given.size() && !leader.cannotChange(left[asked]); i++, asked++) {
          Subject subject = subjects.get(asked);
          prepared.get(i).notes().forEach(text -> note(consultation, subject.series(), text));
          List<Vote> vote = vote(subject, prepared.get(i), given.get(i), consultation);
          votes.addAll(vote);
          leader.add(vote);
        }
      }
    }
    if (asked < subjects.size()) {
      consultation.note(
          subjects.size()
              - asked
              + " of "
              + subjects.size()
              + " series are not asked, since none of their votes can change the outcome");
    }
    if (votes.isEmpty()) {
      return Opinion.abstain(
          asked == 0 ? "no vote of a series can change the outcome" : "no series has a vote");
    }
    return Opinion.votes(votes);
  }

  /** The probabilities of each series, or null where it cannot be shown. */
  private static List<double @Nullable []> run(
      List<Subject> subjects, List<Prepared> prepared, Deadline deadline)
      throws InferenceException {
    List<double @Nullable []> given = new ArrayList<>();
    Map<Ensemble, List<Integer>> together = new LinkedHashMap<>();
    for (int i = 0; i < prepared.size(); i++) {
      given.add(null);
      if (!prepared.get(i).inputs().isEmpty()) {
        together.computeIfAbsent(subjects.get(i).networks(), e -> new ArrayList<>()).add(i);
      }
    }
    for (Map.Entry<Ensemble, List<Integer>> each : together.entrySet()) {
      deadline.check();
      List<double[]> probabilities =
          each.getKey()
              .probabilities(each.getValue().stream().map(i -> prepared.get(i).inputs()).toList());
      for (int k = 0; k < probabilities.size(); k++) {
        given.set(each.getValue().get(k), probabilities.get(k));
      }
    }
    return given;
  }

  private List<Vote> vote(
      Subject subject,
      Prepared prepared,
      double @Nullable [] probabilities,
      Consultation consultation) {
    if (probabilities == null) {
      note(consultation, subject.series(), prepared.reason());
      return List.of();
    }
    int first = 0;
    int equal = 0;
    for (int c = 0; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[first]) {
        first = c;
        equal = 0;
      }
      equal += probabilities[c] == probabilities[first] ? 1 : 0;
    }
    double confidence = probabilities[first];
    StudyClass named = subject.networks().classes().get(first);
    String said = String.format(Locale.ROOT, "%s with %.3f", named, confidence);
    double minimum = minimumConfidence(subject.networks());
    double entropy = entropy(probabilities);
    StudyClass target = subject.targets().get(first);
    String reason = null;
    if (confidence < minimum) {
      reason = said + " is below the minimum confidence of " + minimum;
    } else if (entropy > options.mostEntropy()) {
      reason =
          String.format(
              Locale.ROOT,
              "%s at an entropy of %.3f is above the %s that is allowed",
              said,
              entropy,
              options.mostEntropy());
    } else if (equal > 1) {
      reason = equal + " classes come first, " + said;
    } else if (target == null) {
      reason = said + ", which stands for no class of the study's modality";
    }
    if (target == null || reason != null) {
      note(consultation, subject.series(), String.valueOf(reason));
      return List.of();
    }
    return List.of(
        new Vote(
            target,
            confidence * subject.scale(),
            Evidence.inferred(subject.series().uid(), subject.networks().toString(), said)));
  }

  private double minimumConfidence(Ensemble networks) {
    return options
        .minimumConfidence()
        .orElseGet(() -> networks.minimumConfidence().orElse(NetworkOptions.MINIMUM_CONFIDENCE));
  }

  /** Shannon's entropy as a share of the greatest that so many classes allow. */
  private static double entropy(double[] probabilities) {
    double sum = 0;
    for (double p : probabilities) {
      sum -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    return sum / StrictMath.log(probabilities.length);
  }

  private static void note(Consultation consultation, Series series, String text) {
    consultation.note("series " + series.uid() + ": " + text);
  }

  @Override
  public void close() {
    if (helpers != null) {
      helpers.shutdown();
    }
    List<LoadedModel> models = new ArrayList<>();
    ensembles.values().forEach(each -> models.addAll(each.models()));
    IllegalStateException fault = new IllegalStateException("not all networks could be closed");
    close(models, fault);
    if (fault.getSuppressed().length > 0) {
      throw fault;
    }
  }

  private static void close(List<LoadedModel> models, Throwable cause) {
    for (LoadedModel model : models) {
      try {
        model.close();
      } catch (IOException | RuntimeException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /** The modality groups with their networks. */
  @Override
  public String toString() {
    return "imaging.network" + ensembles;
  }
}
