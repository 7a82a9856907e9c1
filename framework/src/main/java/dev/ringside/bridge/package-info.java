/**
 * Learning switches: what the switch outside the hosts and the virtual switch inside a host have in
 * common.
 */
@NullMarked
package dev.ringside.bridge;

import org.jspecify.annotations.NullMarked;
