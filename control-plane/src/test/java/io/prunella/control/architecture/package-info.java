/** Walls of the house: which module and package may know which. */
@NullMarked
package io.prunella.control.architecture;

import org.jspecify.annotations.NullMarked;
