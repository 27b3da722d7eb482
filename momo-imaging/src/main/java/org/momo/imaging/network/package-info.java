/**
 * The layer {@code imaging.network}: trained networks look at the series of a study, and each
 * series has a vote.
 *
 * <p>A hospital brings its networks as {@linkplain org.momo.imaging.model.ModelPackage model
 * packages}, one or several for a modality, and names them in its configuration:
 *
 * <pre>{@code
 * catalogue: essen-76
 * preset: nwe-layer-5
 * networks: [models/ct.zip, models/mr, models/mr-second-opinion]
 * options:
 *   imaging.network: {minimum-confidence: 0.3, most-per-type: 3}
 * }</pre>
 *
 * <p>{@link org.momo.imaging.network.NetworkLayer} says which series are shown to which network,
 * what their votes weigh, and which options there are.
 */
@NullMarked
package org.momo.imaging.network;

import org.jspecify.annotations.NullMarked;
