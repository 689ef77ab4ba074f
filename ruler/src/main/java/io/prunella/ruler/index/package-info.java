/** The front index: tells from a flood of samples the few that can change a verdict. */
@NullMarked
package io.prunella.ruler.index;

import org.jspecify.annotations.NullMarked;
