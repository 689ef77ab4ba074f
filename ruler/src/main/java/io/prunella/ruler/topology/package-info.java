/** Who there is, and who stands above whom: the inventory and the topology of a fleet. */
@NullMarked
package io.prunella.ruler.topology;

import org.jspecify.annotations.NullMarked;
