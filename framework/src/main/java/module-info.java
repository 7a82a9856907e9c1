// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Working, in-memory, deterministic test doubles for NIC virtualization. */
module dev.ringside {
  requires static transitive org.jspecify;

  exports dev.ringside;
  exports dev.ringside.aggregate;
  exports dev.ringside.bridge;
  exports dev.ringside.chassis;
  exports dev.ringside.flow;
  exports dev.ringside.host;
  exports dev.ringside.lacp;
  exports dev.ringside.lifecycle;
  exports dev.ringside.inspect;
  exports dev.ringside.memory;
  exports dev.ringside.migration;
  exports dev.ringside.monitor;
  exports dev.ringside.nic;
  exports dev.ringside.packet;
  exports dev.ringside.packet.capture;
  exports dev.ringside.ring;
  exports dev.ringside.routing;
  exports dev.ringside.stack;
  exports dev.ringside.steering;
  exports dev.ringside.time;
  exports dev.ringside.trace;
  exports dev.ringside.transfer;
  exports dev.ringside.virt;
  exports dev.ringside.vm;
  exports dev.ringside.wire;
  exports dev.ringside.world;
}
