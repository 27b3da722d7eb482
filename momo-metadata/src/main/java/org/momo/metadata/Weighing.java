package org.momo.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.momo.decision.Evidence;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;

/*
 * Each statement has a weight: the logarithm of its odds of being right. For every set of regions
 * that can be the answer, the weights of what agrees add up, and of what disagrees count a little
 * against. Agreement in part counts in part: a series that shows the abdomen agrees with an
 * examination of chest and abdomen, if something else shows the chest.
 *
 * Statements of one family repeat each other. Of those that say the same, the strongest counts in
 * full, the next ones less and less.
 *
 * The sums become probabilities among each other and the answer "none of these", whose weight is 0:
 * a single statement that is right in three of four cases gives a probability of three quarters.
 */
/**
 * Turns statements into probabilities of classes.
 *
 * <p>This class is immutable.
 */
final class Weighing {
  private static final double[] REPEATED = {1, 0.35, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05};
  private static final double AGAINST = -0.3;
  private static final double LEAST_SHOWN = 0.02;
  private static final int MOST_PARTS = 5;

  /** A scout alone adds no region to what the images show. */
  private static final double LEAST_PART = 0.45;

  private final RegionIndex index;

  Weighing(RegionIndex index) {
    this.index = index;
  }

  /**
   * What a class gets.
   *
   * @param studyClass the class
   * @param probability that it is right, 0 to 1
   * @param votes its probability, shared among what speaks for it
   */
  record Share(StudyClass studyClass, double probability, List<Vote> votes) {}

  /**
   * What one family says of one set of regions.
   *
   * @param series the series that say it
   * @param attributes the attributes that say it, of a description of the study
   * @param oneOfSeveral whether one of them says something else too, as for two examinations in one
   */
  private record Claim(
      Key key,
      Statement.Family family,
      double weight,
      Statement strongest,
      Set<String> series,
      Set<String> attributes,
      boolean oneOfSeveral) {
    boolean mayBePart() {
      return oneOfSeveral || family != Statement.Family.STUDY && family != Statement.Family.USUAL;
    }
  }

  /** A set of regions; a class by its code where the catalogue says nothing of regions. */
  private record Key(Set<Region> regions, String code) {
    static Key of(StudyClass studyClass) {
      return new Key(studyClass.regions(), studyClass.regions().isEmpty() ? studyClass.code() : "");
    }
  }

  /** The classes that statements speak for, most probable first; of equals, by code. */
  List<Share> weigh(List<Statement> statements, String group) {
    List<Claim> claims = claims(statements);
    Map<Key, Double> sums = new LinkedHashMap<>();
    for (Key key : candidates(claims, group)) {
      double sum = 0;
      for (Claim claim : claims) {
        sum += claim.weight * agreement(claim, key, claims);
      }
      sums.put(key, sum);
    }
    double total = 1;
    for (double sum : sums.values()) {
      total += Math.exp(sum);
    }
    List<Share> shares = new ArrayList<>();
    for (Map.Entry<Key, Double> entry : sums.entrySet()) {
      double probability = Math.exp(entry.getValue()) / total;
      if (probability >= LEAST_SHOWN) {
        StudyClass studyClass = classOf(entry.getKey(), statements, group);
        shares.add(
            new Share(
                studyClass, probability, votes(studyClass, entry.getKey(), probability, claims)));
      }
    }
    shares.sort(
        Comparator.comparingDouble((Share share) -> -share.probability)
            .thenComparing(share -> share.studyClass.code()));
    return shares;
  }

  private static List<Claim> claims(List<Statement> statements) {
    Map<Key, Map<Statement.Family, List<Statement>>> groups = new LinkedHashMap<>();
    for (Statement statement : statements) {
      groups
          .computeIfAbsent(
              Key.of(statement.studyClass()), k -> new EnumMap<>(Statement.Family.class))
          .computeIfAbsent(statement.family(), f -> new ArrayList<>())
          .add(statement);
    }
    Map<String, Set<Key>> saidBy = new HashMap<>();
    for (Statement statement : statements) {
      if (statement.family() == Statement.Family.STUDY) {
        saidBy
            .computeIfAbsent(statement.attribute(), a -> new LinkedHashSet<>())
            .add(Key.of(statement.studyClass()));
      }
    }
    List<Claim> claims = new ArrayList<>();
    groups.forEach(
        (key, families) ->
            families.forEach(
                (family, same) -> {
                  List<Statement> sorted = new ArrayList<>(same);
                  sorted.sort(Comparator.comparingDouble(statement -> -statement.weight()));
                  double weight = 0;
                  for (int i = 0; i < Math.min(sorted.size(), REPEATED.length); i++) {
                    weight += sorted.get(i).weight() * REPEATED[i];
                  }
                  Set<String> series = new LinkedHashSet<>();
                  Set<String> attributes = new LinkedHashSet<>();
                  for (Statement statement : sorted) {
                    series.add(Objects.requireNonNullElse(statement.seriesUid(), ""));
                    if (family == Statement.Family.STUDY) {
                      attributes.add(statement.attribute());
                    }
                  }
                  claims.add(
                      new Claim(
                          key,
                          family,
                          weight,
                          sorted.get(0),
                          series,
                          attributes,
                          attributes.stream()
                              .anyMatch(a -> saidBy.getOrDefault(a, Set.of()).size() > 1)));
                }));
    return claims;
  }

  /** All that is claimed, and what the claims about different series cover together. */
  private Set<Key> candidates(List<Claim> claims, String group) {
    Set<Key> candidates = new LinkedHashSet<>();
    for (Claim claim : claims) {
      candidates.add(claim.key);
    }
    unite(claims, Statement.Family.SERIES, group, candidates);
    unite(claims, Statement.Family.BODY_PART, group, candidates);
    uniteExaminations(claims, group, candidates);
    return candidates;
  }

  /** Adds what an attribute names together that stands there more than once, as of two requests. */
  private void uniteExaminations(List<Claim> claims, String group, Set<Key> candidates) {
    Map<String, Set<Region>> unions = new LinkedHashMap<>();
    for (Claim claim : claims) {
      if (claim.oneOfSeveral && canBePart(claim)) {
        for (String attribute : claim.attributes) {
          unions
              .computeIfAbsent(attribute, a -> EnumSet.noneOf(Region.class))
              .addAll(claim.key.regions);
        }
      }
    }
    for (Set<Region> union : unions.values()) {
      Set<Region> whole = levelsJoined(union);
      if (isExamination(whole) && index.find(group, whole, null) != null) {
        candidates.add(new Key(whole, ""));
      }
    }
  }

  /** Adds what claims of one family cover together, each about series of its own. */
  private void unite(
      List<Claim> claims, Statement.Family family, String group, Set<Key> candidates) {
    List<Claim> parts = new ArrayList<>();
    for (Claim claim : claims) {
      if (claim.family == family && canBePart(claim)) {
        parts.add(claim);
      }
    }
    parts.sort(
        Comparator.comparingDouble((Claim part) -> -part.weight)
            .thenComparing(part -> part.key.regions.toString()));
    if (!parts.isEmpty()) {
      double least = parts.get(0).weight * LEAST_PART;
      parts.removeIf(part -> part.weight < least);
    }
    int count = Math.min(parts.size(), MOST_PARTS);
    for (int mask = 3; mask < 1 << count; mask++) {
      Set<Region> union = EnumSet.noneOf(Region.class);
      Set<String> series = new LinkedHashSet<>();
      boolean apart = Integer.bitCount(mask) > 1;
      for (int i = 0; i < count; i++) {
        if ((mask >> i & 1) != 0) {
          union.addAll(parts.get(i).key.regions);
          apart &= Collections.disjoint(series, parts.get(i).series);
          series.addAll(parts.get(i).series);
        }
      }
      if (apart && isExamination(union)) {
        Set<Region> whole = levelsJoined(union);
        if (index.find(group, whole, null) != null) {
          candidates.add(new Key(whole, ""));
        }
      }
    }
  }

  private static boolean canBePart(Claim claim) {
    return !claim.key.regions.isEmpty()
        && !claim.key.regions.contains(Region.WHOLEBODY)
        && !claim.key.regions.contains(Region.OBSTETRIC);
  }

  /** What is one examination, not one that was described in two ways. */
  private static boolean isExamination(Set<Region> union) {
    return !(union.contains(Region.CHEST)
            && (union.contains(Region.HEART) || union.contains(Region.BREAST)))
        && !(union.contains(Region.SPINE)
            && (union.contains(Region.SPINE_C)
                || union.contains(Region.SPINE_T)
                || union.contains(Region.SPINE_L)));
  }

  private static Set<Region> levelsJoined(Set<Region> union) {
    Set<Region> levels = EnumSet.of(Region.SPINE_C, Region.SPINE_T, Region.SPINE_L);
    if (union.containsAll(levels)) {
      union.removeAll(levels);
      union.add(Region.SPINE);
    }
    return union;
  }

  /** How far a claim agrees with a candidate: 1 for all the way, less than 0 for not at all. */
  private static double agreement(Claim claim, Key candidate, List<Claim> claims) {
    if (claim.key.equals(candidate)) {
      return 1;
    }
    Set<Region> said = claim.key.regions;
    Set<Region> whole = candidate.regions;
    if (said.isEmpty() || whole.isEmpty()) {
      return AGAINST;
    }
    if (isGeneralOf(said, whole)) {
      return 0.6;
    }
    if (isGeneralOf(whole, said)) {
      return 0.4;
    }
    if (whole.containsAll(said)) {
      return claim.mayBePart() ? (isCovered(whole, said, claims) ? 0.85 : 0.2) : 0.35;
    }
    if (said.containsAll(whole)) {
      return 0.3;
    }
    if (whole.contains(Region.WHOLEBODY) || said.contains(Region.WHOLEBODY)) {
      return 0.1;
    }
    boolean overlap = said.stream().anyMatch(whole::contains);
    boolean neighbours =
        said.contains(Region.CHEST) && whole.contains(Region.HEART)
            || said.contains(Region.HEART) && whole.contains(Region.CHEST);
    return overlap || neighbours ? 0.1 : AGAINST;
  }

  private static boolean isGeneralOf(Set<Region> general, Set<Region> special) {
    return general.equals(EnumSet.of(Region.SPINE))
        && special.stream().allMatch(Region.SPINE::generalises);
  }

  /** Whether what a part leaves out is shown by something else. */
  private static boolean isCovered(Set<Region> whole, Set<Region> part, List<Claim> claims) {
    Set<Region> rest = EnumSet.copyOf(whole);
    rest.removeAll(part);
    for (Claim claim : claims) {
      if (whole.containsAll(claim.key.regions)) {
        rest.removeAll(claim.key.regions);
      }
    }
    return rest.isEmpty();
  }

  /** The class of a set of regions whose focus most is said for. */
  private StudyClass classOf(Key key, List<Statement> statements, String group) {
    Map<StudyClass, Double> named = new LinkedHashMap<>();
    for (Statement statement : statements) {
      if (Key.of(statement.studyClass()).equals(key)) {
        // How images were made says which region, words say what in it.
        boolean detailed = statement.family() != Statement.Family.ACQUISITION;
        named.merge(statement.studyClass(), detailed ? statement.weight() : 0, Double::sum);
      }
    }
    StudyClass best = null;
    double most = 0;
    for (Map.Entry<StudyClass, Double> entry : named.entrySet()) {
      if (entry.getValue() > most
          || best != null
              && entry.getValue() == most
              && entry.getKey().code().compareTo(best.code()) < 0) {
        best = entry.getKey();
        most = entry.getValue();
      }
    }
    StudyClass united = best != null ? best : index.find(group, key.regions, null);
    if (united == null) {
      throw new IllegalStateException("no class of " + key.regions);
    }
    return united;
  }

  private static List<Vote> votes(
      StudyClass studyClass, Key key, double probability, List<Claim> claims) {
    List<Claim> speaking = new ArrayList<>();
    double total = 0;
    for (Claim claim : claims) {
      double part = claim.weight * agreement(claim, key, claims);
      if (part > 0) {
        speaking.add(claim);
        total += part;
      }
    }
    List<Vote> votes = new ArrayList<>();
    for (Claim claim : speaking) {
      double part = claim.weight * agreement(claim, key, claims) / total;
      votes.add(new Vote(studyClass, probability * part, evidence(claim)));
    }
    return votes;
  }

  /** What a claim goes by, with what it says and how sure that alone would be. */
  private static Evidence evidence(Claim claim) {
    Evidence evidence = claim.strongest.evidence();
    StringBuilder note = new StringBuilder(evidence.note());
    note.append(note.isEmpty() ? "speaks for " : ", speaks for ");
    if (claim.key.regions.isEmpty()) {
      note.append(claim.key.code);
    } else {
      int place = 0;
      for (Region region : claim.key.regions) {
        note.append(place++ == 0 ? "" : "+").append(region);
      }
    }
    if (claim.series.size() > 1) {
      note.append(" in ").append(claim.series.size()).append(" series");
    }
    note.append(", alone ").append(Math.round(100 / (1 + Math.exp(-claim.weight)))).append(" %");
    return new Evidence(
        evidence.kind(), evidence.tag(), evidence.seriesUid(), evidence.matched(), note.toString());
  }
}
