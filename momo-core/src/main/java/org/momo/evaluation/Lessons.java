package org.momo.evaluation;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What corrections would teach a catalogue.
 *
 * <p>This class is immutable.
 *
 * @param proposals what a person may accept; clear ones first, within each by how many wrong
 *     answers they explain
 * @param corrections corrected studies that were found
 * @param wrong of these, those that are not answered as corrected today
 * @param explained of the wrong ones, those that a proposal without conflict speaks of
 * @param otherModality of the wrong ones, those whose series have not the modality of the right
 *     class, which no text can mend
 * @param missing corrections for which there is no study
 */
public record Lessons(
    List<Proposal> proposals,
    long corrections,
    long wrong,
    long explained,
    long otherModality,
    long missing) {

  /**
   * Copies the proposals.
   *
   * @param proposals what a person may accept
   * @param corrections corrected studies that were found
   * @param wrong those that are not answered as corrected today
   * @param explained those that a proposal without conflict speaks of
   * @param otherModality those that no text can mend
   * @param missing corrections for which there is no study
   */
  public Lessons {
    proposals = List.copyOf(proposals);
  }

  /**
   * Writes entries as a table that {@link org.momo.catalogue.Catalogues#overlay} lays over the
   * catalogue.
   *
   * @param accepted the entries that a person accepted
   * @param file where to; replaced
   * @throws IOException if the file cannot be written
   */
  public static void writeOverlay(Collection<Proposal> accepted, Path file) throws IOException {
    Map<String, List<List<String>>> classes = new TreeMap<>();
    for (Proposal each : accepted) {
      List<List<String>> lists =
          classes.computeIfAbsent(each.code(), c -> List.of(new ArrayList<>(), new ArrayList<>()));
      List<String> list = lists.get(each.kind() == Proposal.Kind.DESCRIPTION ? 0 : 1);
      String entry = each.text().replace("\\", "").replace(";", "\\;");
      if (!list.contains(entry)) {
        list.add(entry);
      }
    }
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file)) {
      csv.writeRecord("code", "descriptions", "keywords");
      classes.forEach(
          (code, lists) ->
              csv.writeRecord(
                  code, String.join(";", lists.get(0)), String.join(";", lists.get(1))));
    }
  }
}
