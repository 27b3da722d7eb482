package org.momo.metadata;

import org.momo.spi.Plugin;
import org.momo.spi.Registry;

/**
 * Offers the layers that judge a study by its metadata.
 *
 * <table>
 *   <caption>Layers and their options</caption>
 *   <tr><th>layer</th><th>what it does</th><th>options</th></tr>
 *   <tr><td>{@code metadata.procedure-code}</td><td>looks codes up in the catalogue</td>
 *     <td>{@code requested}, {@code performed}, {@code anatomy}: whether these codes count too
 *     (false); {@code patients-only}: whether it abstains on phantoms, tests and animals that are
 *     named as such (false)</td></tr>
 *   <tr><td>{@code metadata.description-exact}</td><td>the whole study description</td>
 *     <td>{@code ignored-words}; {@code patients-only} (false)</td></tr>
 *   <tr><td>{@code metadata.description-partial}</td><td>words of the study description</td>
 *     <td>{@code strong} (1.5) and {@code weak} (0.5; 0 with the published matcher), the votes for
 *     each series of the study; a matcher</td></tr>
 *   <tr><td>{@code metadata.series-vote}</td><td>one vote for each tag of each series</td>
 *     <td>{@code tags}; {@code blacklist} (none); a matcher</td></tr>
 *   <tr><td>{@code metadata.equal-votes}</td><td>one vote for each class of each series</td>
 *     <td>as the series vote</td></tr>
 *   <tr><td>{@code metadata.majority}</td><td>decides where more than half of the series
 *     agree</td><td>as the series vote</td></tr>
 *   <tr><td>{@code metadata.single-class}</td><td>decides where the modality has one class</td>
 *     <td>none</td></tr>
 *   <tr><td>{@code metadata.evidence}</td><td>weighs all metadata together; shares are
 *     probabilities</td><td>{@code abstain-below} (0.5), the least probability of the
 *     leading class; {@code misspellings}</td></tr>
 *   <tr><td>{@code metadata.learned}</td><td>asks a text model that {@code momo train-text} made;
 *     weights are its probabilities. No model is shipped, and no preset asks one</td>
 *     <td>{@code model}, its file; {@code abstain-below} (0.8), the least probability of the
 *     leading class</td></tr>
 * </table>
 *
 * <p>A matcher is {@code matcher: words} (the default) with {@code misspellings} (true), or {@code
 * matcher: published} with {@code min-exact} (4 letters in the study description, 3 in a series),
 * {@code min-inner} (6), {@code ignored-words}, {@code priorities} (CTH, PCTH) and {@code
 * modality-words}.
 *
 * <p>Each layer judges by the study's modality, which is that of most series; a PET series makes a
 * CT study to a PET study. Texts that name another modality count as no match.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class MetadataPlugin implements Plugin {

  /** The plugin, ready to be asked. */
  public MetadataPlugin() {}

  @Override
  public String name() {
    return "metadata";
  }

  @Override
  public void contribute(Registry registry) {
    registry.layer(
        "procedure-code",
        (options, context) -> new ProcedureCodeLayer(options, context.catalogue()));
    registry.layer(
        "description-exact",
        (options, context) -> new DescriptionExactLayer(options, context.catalogue()));
    registry.layer(
        "description-partial",
        (options, context) -> new DescriptionPartialLayer(options, context.catalogue()));
    registry.layer(
        "series-vote", (options, context) -> new SeriesVoteLayer(options, context.catalogue()));
    registry.layer(
        "equal-votes", (options, context) -> new EqualVotesLayer(options, context.catalogue()));
    registry.layer(
        "majority", (options, context) -> new MajorityLayer(options, context.catalogue()));
    registry.layer(
        "evidence", (options, context) -> new EvidenceLayer(options, context.catalogue()));
    registry.layer("learned", LearnedLayer::new);
    registry.layer("single-class", (options, context) -> new SingleClassLayer(context.catalogue()));
  }
}
