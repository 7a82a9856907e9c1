// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Faults in the operations of devices, without a line for it in the devices. */
module dev.ringside.bytebuddy {
  requires transitive dev.ringside;
  requires static transitive org.jspecify;
  requires static dev.ringside.junit.jupiter;
  requires net.bytebuddy;
  requires jdk.unsupported;

  exports dev.ringside.bytebuddy;
}
