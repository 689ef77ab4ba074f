/** Measurements that anybody can repeat, side by side with what they are measured against. */
@NullMarked
package io.prunella.bench;

import org.jspecify.annotations.NullMarked;
