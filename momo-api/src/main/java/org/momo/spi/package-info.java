/**
 * What a plugin implements.
 *
 * <p>{@link java.util.ServiceLoader} finds one service type, {@link org.momo.spi.Plugin}. A plugin
 * offers {@link org.momo.spi.Factory factories} under names; a configuration that names one gets it
 * built, with its {@link org.momo.spi.Options} and a {@link org.momo.spi.BuildContext}. What nobody
 * names changes no answer.
 */
@NullMarked
package org.momo.spi;

import org.jspecify.annotations.NullMarked;
