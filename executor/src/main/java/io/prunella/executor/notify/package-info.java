/** Brings messages of heals to people. */
@NullMarked
package io.prunella.executor.notify;

import org.jspecify.annotations.NullMarked;
