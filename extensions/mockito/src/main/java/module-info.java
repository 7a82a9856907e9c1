// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Mockito for labs: packets as arguments, and views that record what is done to a device. */
module dev.ringside.mockito {
  requires transitive dev.ringside;
  requires transitive org.mockito;
  requires static transitive org.jspecify;

  exports dev.ringside.mockito;
}
