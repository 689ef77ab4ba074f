/** Commands as they are typed, and what they print. */
@NullMarked
package io.prunella.cli;

import org.jspecify.annotations.NullMarked;
