@NullMarked
package io.prunella.control.observations;

import org.jspecify.annotations.NullMarked;
