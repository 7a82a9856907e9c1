// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** A user's module that mocks. */
module downstream {
  requires dev.ringside.mockito;
}
