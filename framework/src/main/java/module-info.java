// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Working, in-memory, deterministic test doubles for NIC virtualization. */
module dev.ringside {
  requires static transitive org.jspecify;
}
