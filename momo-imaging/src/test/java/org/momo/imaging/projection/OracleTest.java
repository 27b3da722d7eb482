package org.momo.imaging.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the projections against what scipy and SimpleITK made of the same volumes, stored by {@code
 * oracle.py}.
 */
class OracleTest {
  private static final int SIZE = 512;
  private static final int POSITIONS = 1000;

  record Channel(int number, long volumeSum, double mean, double[] values) {}

  record Case(int seed, int slices, int rows, int columns, List<Channel> channels) {
    @Override
    public String toString() {
      return slices + " slices of " + rows + " x " + columns;
    }
  }

  static List<Case> scipy() throws IOException {
    return read("scipy.txt.gz");
  }

  static List<Case> sitk() throws IOException {
    return read("sitk.txt.gz");
  }

  @ParameterizedTest
  @MethodSource("scipy")
  void centred_projections_are_those_of_scipy(Case each) {
    compare(each, Convention.CENTRED);
  }

  @ParameterizedTest
  @MethodSource("sitk")
  void published_projections_are_those_of_simple_itk(Case each) {
    compare(each, Convention.PUBLISHED);
  }

  private static void compare(Case each, Convention convention) {
    short[][] data = Volumes.shorts(each.seed, each.slices, each.rows, each.columns);
    long sum = 0;
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (short[] slice : data) {
      for (short value : slice) {
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    double tolerance = 1e-3 * (most - least);
    float[] ours =
        Projector.builder()
            .convention(convention)
            .build()
            .project(Voxels.ofShorts(data, each.rows, each.columns))
            .data();
    for (Channel channel : each.channels) {
      assertThat(sum).as("the volume is the oracle's").isEqualTo(channel.volumeSum);
      int offset = channel.number * SIZE * SIZE;
      double mean = 0;
      for (int i = 0; i < SIZE * SIZE; i++) {
        mean += ours[offset + i] / (SIZE * SIZE);
      }
      assertThat(mean).isCloseTo(channel.mean, within(0.1 * tolerance));
      for (int i = 0; i < POSITIONS; i++) {
        int at = (int) ((i * 104_729L + 17) % (SIZE * SIZE));
        assertThat((double) ours[offset + at])
            .as("channel %d at %d", channel.number, at)
            .isCloseTo(channel.values[i], within(tolerance));
      }
    }
  }

  private static List<Case> read(String name) throws IOException {
    List<Case> cases = new ArrayList<>();
    InputStream stored = OracleTest.class.getResourceAsStream(name);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(stored, name)),
                StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] words = line.split(" ");
        int seed = Integer.parseInt(words[0]);
        if (cases.isEmpty() || cases.get(cases.size() - 1).seed != seed) {
          cases.add(
              new Case(
                  seed,
                  Integer.parseInt(words[1]),
                  Integer.parseInt(words[2]),
                  Integer.parseInt(words[3]),
                  new ArrayList<>()));
        }
        double[] values = new double[POSITIONS];
        for (int i = 0; i < POSITIONS; i++) {
          values[i] = Double.parseDouble(words[7 + i]);
        }
        cases
            .get(cases.size() - 1)
            .channels
            .add(
                new Channel(
                    Integer.parseInt(words[4]),
                    Long.parseLong(words[5]),
                    Double.parseDouble(words[6]),
                    values));
      }
    }
    return cases;
  }
}
