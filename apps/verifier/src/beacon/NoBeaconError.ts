import { BaseError } from '@hotaru/base'

export class NoBeaconError extends BaseError {
  override readonly name = 'Verifier.NoBeaconError'

  constructor() {
    super(
      'Cannot follow the beacon: the config names neither "beaconKeyFile" nor "beaconRelays", expected one of them',
      {
        hint: 'a local network has the key of its beacon; a real one has relays of drand',
        exitCode: 2,
      },
    )
  }
}
