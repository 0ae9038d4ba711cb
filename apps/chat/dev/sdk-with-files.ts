import * as sdk from 'tim-js-sdk/modular';

const { composeSDK, ...domains } = sdk;
const { profiles, groups, ...others } = domains;

/** Every domain, uploads among them, which the whole build leaves out. People and groups come before what shows them. */
export default composeSDK([profiles, groups, ...Object.values(others)]);
