// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.packet.HeaderMatch;

/** A row of an entry's match that asks for more than bits of the key. */
record FlowRow(FlowEntry entry, HeaderMatch match, int row) {}
