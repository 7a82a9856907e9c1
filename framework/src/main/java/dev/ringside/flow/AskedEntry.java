// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.packet.HeaderMatch;
import org.jspecify.annotations.Nullable;

/**
 * An entry that a walk asks in its turn: a function, or a mirror, behind which the walk goes on.
 *
 * @param match null for a function
 */
record AskedEntry(FlowEntry entry, @Nullable HeaderMatch match) {}
