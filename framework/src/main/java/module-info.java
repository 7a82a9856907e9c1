// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Working, in-memory, deterministic test doubles for NIC virtualization. */
@SuppressWarnings("module") // the one that it opens packages to need not be there
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
  exports dev.ringside.page;
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

  uses dev.ringside.page.DiagramRenderer;

  // Its generated devices call constructors that only the package may call.
  opens dev.ringside.aggregate to
      dev.ringside.bytebuddy;
  opens dev.ringside.bridge to
      dev.ringside.bytebuddy;
  opens dev.ringside.chassis to
      dev.ringside.bytebuddy;
  opens dev.ringside.flow to
      dev.ringside.bytebuddy;
  opens dev.ringside.host to
      dev.ringside.bytebuddy;
  opens dev.ringside.memory to
      dev.ringside.bytebuddy;
  opens dev.ringside.migration to
      dev.ringside.bytebuddy;
  opens dev.ringside.monitor to
      dev.ringside.bytebuddy;
  opens dev.ringside.nic to
      dev.ringside.bytebuddy;
  opens dev.ringside.routing to
      dev.ringside.bytebuddy;
  opens dev.ringside.stack to
      dev.ringside.bytebuddy;
  opens dev.ringside.steering to
      dev.ringside.bytebuddy;
  opens dev.ringside.transfer to
      dev.ringside.bytebuddy;
  opens dev.ringside.virt to
      dev.ringside.bytebuddy;
  opens dev.ringside.vm to
      dev.ringside.bytebuddy;
  opens dev.ringside.wire to
      dev.ringside.bytebuddy;
}
