// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Working, in-memory, deterministic test doubles for NIC virtualization. */
module dev.ringside {
  requires static transitive org.jspecify;

  exports dev.ringside.packet;
  exports dev.ringside.packet.capture;
  exports dev.ringside.ring;
  exports dev.ringside.time;
  exports dev.ringside.trace;
  exports dev.ringside.world;
}
