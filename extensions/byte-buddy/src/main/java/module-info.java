// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Faults in the operations of devices, and a guard against real time and real sockets. */
module dev.ringside.bytebuddy {
  requires transitive dev.ringside;
  requires static transitive org.jspecify;
  requires static dev.ringside.junit.jupiter;
  requires static org.junit.jupiter.api;
  requires static org.junit.platform.commons;
  requires java.instrument;
  requires jdk.attach; // or the agent of the guard cannot attach itself
  requires net.bytebuddy;
  requires net.bytebuddy.agent;
  requires jdk.unsupported;

  exports dev.ringside.bytebuddy;
  exports dev.ringside.bytebuddy.guard;
}
