package org.momo.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Layers as a block of DJL, whose parameters have torchvision's names.
 *
 * <p>What is computed on the way is let go as soon as the next layer has it: where gradients are
 * collected, the engine keeps what it needs for itself.
 */
final class LayerBlock extends AbstractBlock {
  private final List<Layer> layers;
  private final Map<Layer, Block> leaves;
  private final ParameterList named = new ParameterList();

  LayerBlock(List<Layer> layers) {
    this(layers, null);
  }

  private LayerBlock(List<Layer> layers, @Nullable LayerBlock whole) {
    this.layers = layers;
    this.leaves = new LinkedHashMap<>();
    addLeaves(layers, whole);
  }

  /**
   * Some of the layers, with the same parameters.
   *
   * @param from the first layer's index
   * @param to the index behind the last
   */
  LayerBlock part(int from, int to) {
    return new LayerBlock(layers.subList(from, to), this);
  }

  private void addLeaves(List<Layer> some, @Nullable LayerBlock whole) {
    for (Layer layer : some) {
      if (layer instanceof Layer.Residual r) {
        addLeaves(r.body(), whole);
        addLeaves(r.shortcut(), whole);
      } else if (layer instanceof Layer.Dense d) {
        addLeaves(d.body(), whole);
      } else if (layer instanceof Layer.Convolution c) {
        Block leaf = addLeaf(layer, whole, c.name());
        named.add(c.name() + ".weight", parameter(leaf, "weight"));
      } else if (layer instanceof Layer.Normalisation n) {
        Block leaf = addLeaf(layer, whole, n.name());
        named.add(n.name() + ".weight", parameter(leaf, "gamma"));
        named.add(n.name() + ".bias", parameter(leaf, "beta"));
        named.add(n.name() + ".running_mean", parameter(leaf, "runningMean"));
        named.add(n.name() + ".running_var", parameter(leaf, "runningVar"));
      } else if (layer instanceof Layer.Linear l) {
        Block leaf = addLeaf(layer, whole, l.name());
        named.add(l.name() + ".weight", parameter(leaf, "weight"));
        named.add(l.name() + ".bias", parameter(leaf, "bias"));
      }
    }
  }

  private Block addLeaf(Layer layer, @Nullable LayerBlock whole, String name) {
    Block leaf = whole == null ? leaf(layer) : whole.leafOf(layer);
    leaves.put(layer, leaf);
    return addChildBlock(name, leaf);
  }

  private static Block leaf(Layer layer) {
    if (layer instanceof Layer.Convolution c) {
      return Conv2d.builder()
          .setKernelShape(new Shape(c.kernel(), c.kernel()))
          .setFilters(c.out())
          .optStride(new Shape(c.stride(), c.stride()))
          .optPadding(new Shape(c.padding(), c.padding()))
          .optBias(false)
          .build();
    }
    if (layer instanceof Layer.Normalisation) {
      return BatchNorm.builder().optEpsilon(Layer.Normalisation.EPSILON).build();
    }
    return ai.djl.nn.core.Linear.builder().setUnits(((Layer.Linear) layer).out()).build();
  }

  private Block leafOf(Layer layer) {
    Block leaf = leaves.get(layer);
    if (leaf == null) {
      throw new IllegalStateException("there is no block for " + layer);
    }
    return leaf;
  }

  private static Parameter parameter(Block leaf, String name) {
    return leaf.getDirectParameters().get(name);
  }

  /** The parameters under torchvision's names. */
  @Override
  public ParameterList getParameters() {
    return new ParameterList(named.keys(), named.values());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    return new NDList(forward(layers, store, inputs.singletonOrThrow(), training));
  }

  private NDArray forward(List<Layer> some, ParameterStore store, NDArray input, boolean training) {
    NDArray now = input;
    for (Layer layer : some) {
      NDArray next = forward(layer, store, now, training);
      if (now != input) {
        now.close();
      }
      now = next;
    }
    return now;
  }

  private NDArray forward(Layer layer, ParameterStore store, NDArray input, boolean training) {
    if (layer instanceof Layer.Rectifier) {
      return Activation.relu(input);
    }
    if (layer instanceof Layer.MaxPool p) {
      return Pool.maxPool2d(
          input, square(p.kernel()), square(p.stride()), square(p.padding()), false);
    }
    if (layer instanceof Layer.MeanPool p) {
      return Pool.avgPool2d(input, square(p.kernel()), square(p.stride()), square(0), false, false);
    }
    if (layer instanceof Layer.GlobalMean) {
      return Pool.globalAvgPool2d(input);
    }
    if (layer instanceof Layer.Residual r) {
      try (NDArray body = forward(r.body(), store, input, training)) {
        if (r.shortcut().isEmpty()) {
          return body.add(input);
        }
        try (NDArray shortcut = forward(r.shortcut(), store, input, training)) {
          return body.add(shortcut);
        }
      }
    }
    if (layer instanceof Layer.Dense d) {
      try (NDArray body = forward(d.body(), store, input, training)) {
        return input.concat(body, 1);
      }
    }
    return leafOf(layer).forward(store, new NDList(input), training).singletonOrThrow();
  }

  private static Shape square(int side) {
    return new Shape(side, side);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    leaves.forEach(
        (layer, leaf) -> {
          if (layer instanceof Layer.Convolution c) {
            leaf.initialize(manager, type, new Shape(1, c.in(), c.kernel(), c.kernel()));
          } else if (layer instanceof Layer.Normalisation n) {
            leaf.initialize(manager, type, new Shape(1, n.channels(), 1, 1));
          } else if (layer instanceof Layer.Linear l) {
            leaf.initialize(manager, type, new Shape(1, l.in()));
          }
        });
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    long[] shape = inputShapes[0].getShape();
    int[] each = new int[shape.length - 1];
    Arrays.setAll(each, i -> Math.toIntExact(shape[i + 1]));
    int[] output = Layer.output(layers, each);
    long[] all = new long[output.length + 1];
    all[0] = shape[0];
    Arrays.setAll(all, i -> i == 0 ? shape[0] : output[i - 1]);
    return new Shape[] {new Shape(all)};
  }

  /** How many layers and parameters there are. */
  @Override
  public String toString() {
    return "LayerBlock[" + layers.size() + " layers, " + named.size() + " parameters]";
  }
}
