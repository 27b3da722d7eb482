/* The yardstick of the projection kernel: three maxima of a cubic B-spline resampling along z of a Z x 512 x 512 volume of int16 to 512^3,
   never materialised. gcc -O3 -march=native -ffast-math projections.c -o projections -lm; arguments: number of slices, number of rounds.
   Prints the shortest round in milliseconds, and the means of the sagittal, coronal and axial projections. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N 512

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static short sample(uint32_t i) {
  uint32_t h = i * 2654435761u;
  h ^= h >> 15;
  h *= 0x2C1B3C6Du;
  return (short)((int)(h >> 20) - 1024);
}

static double mean(const float *v) {
  double sum = 0;
  for (int i = 0; i < N * N; i++) sum += v[i];
  return sum / (N * N);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int Z = atoi(argv[1]), rounds = atoi(argv[2]);
  size_t voxels = (size_t)Z * N * N;
  short *volume = aligned_alloc(64, voxels * sizeof(short));
  for (size_t i = 0; i < voxels; i++) volume[i] = sample((uint32_t)i);
  static int base[N];
  static float weight[N][4];
  for (int k = 0; k < N; k++) {
    double p = k * (Z - 1.0) / (N - 1);
    int b = p < Z - 1 ? (int)p : Z - 2;
    double f = p - b, g = 1 - f;
    base[k] = b;
    weight[k][0] = g * g * g / 6;
    weight[k][1] = (4 - 6 * f * f + 3 * f * f * f) / 6;
    weight[k][2] = (4 - 6 * g * g + 3 * g * g * g) / 6;
    weight[k][3] = f * f * f / 6;
  }
  /* Row k + 1 holds coefficient k; rows 0, Z + 1 and Z + 2 its mirror images. */
  float *c = aligned_alloc(64, (size_t)(Z + 4) * N * sizeof(float));
  float *axial = aligned_alloc(64, N * N * sizeof(float));
  float *coronal = aligned_alloc(64, N * N * sizeof(float));
  float *sagittal = aligned_alloc(64, N * N * sizeof(float));
  const float q = sqrtf(3) - 2;
  double best = 1e30;
  for (int round = 0; round < rounds; round++) {
    double start = now_ms();
    for (int i = 0; i < N * N; i++) coronal[i] = -1e30f;
    for (int y = 0; y < N; y++) {
      for (int z = 0; z < Z; z++) {
        short *s = volume + (size_t)z * N * N + y * N;
        float *o = c + (size_t)(z + 1) * N;
        for (int x = 0; x < N; x++) o[x] = s[x] * 6.f;
      }
      for (int k = 1; k < 12; k++) {
        float power = powf(q, k);
        for (int x = 0; x < N; x++) c[N + x] += power * c[(k + 1) * N + x];
      }
      for (int k = 1; k < Z; k++) {
        float *p = c + (size_t)(k + 1) * N;
        for (int x = 0; x < N; x++) p[x] += q * p[x - N];
      }
      {
        float *p = c + (size_t)Z * N, g = q / (q * q - 1);
        for (int x = 0; x < N; x++) p[x] = g * (p[x] + q * p[x - N]);
      }
      for (int k = Z - 2; k >= 0; k--) {
        float *p = c + (size_t)(k + 1) * N;
        for (int x = 0; x < N; x++) p[x] = q * (p[x + N] - p[x]);
      }
      for (int x = 0; x < N; x++) {
        c[x] = c[2 * N + x];
        c[(Z + 1) * N + x] = c[(Z - 1) * N + x];
        c[(Z + 2) * N + x] = c[(Z - 2) * N + x];
      }
      float *a = axial + y * N;
      for (int x = 0; x < N; x++) a[x] = -1e30f;
      for (int k = 0; k < N; k++) {
        float *b = c + (size_t)base[k] * N;
        float w0 = weight[k][0], w1 = weight[k][1], w2 = weight[k][2], w3 = weight[k][3];
        float *o = coronal + k * N, most = -1e30f;
        for (int x = 0; x < N; x++) {
          float v = w0 * b[x] + w1 * b[x + N] + w2 * b[x + 2 * N] + w3 * b[x + 3 * N];
          a[x] = a[x] > v ? a[x] : v;
          o[x] = o[x] > v ? o[x] : v;
          most = most > v ? most : v;
        }
        sagittal[k * N + y] = most;
      }
    }
    double took = now_ms() - start;
    if (took < best) best = took;
  }
  printf("%.3f %.4f %.4f %.4f\n", best, mean(sagittal), mean(coronal), mean(axial));
  return 0;
}
