/**
 * Decoders of compressed pixels, all in Java: RLE, JPEG (baseline, extended, lossless), JPEG-LS and
 * JPEG 2000.
 *
 * <p>Each takes one encoded frame and gives native samples, and nothing else: what the samples mean
 * is the business of {@code org.momo.imaging.volume}. Streams are hostile: sizes are held against
 * what the header announces before anything is allocated, and errors carry the byte offset.
 */
@NullMarked
package org.momo.imaging.codec;

import org.jspecify.annotations.NullMarked;
