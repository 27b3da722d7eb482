/** What a plugin implements: layers, vote rules, preprocessors and backends. */
@NullMarked
package org.momo.spi;

import org.jspecify.annotations.NullMarked;
