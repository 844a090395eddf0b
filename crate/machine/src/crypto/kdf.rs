//! Keys from passwords: PBKDF2 (RFC 8018) over HMAC.

use mlua::{Lua, LuaString, Result, Table};
use pbkdf2::pbkdf2_hmac;

use super::{Answer, NO_MEMORY, add, room};

/// Adds `pbkdf2(algorithm, password, salt, n_iterations, size) -> key`.
pub(super) fn register(lua: &Lua, crypto: &Table) -> Result<()> {
    type Five = (LuaString, LuaString, LuaString, i64, i64);
    add(
        lua,
        crypto,
        "pbkdf2",
        |(algorithm, password, salt, n_iterations, size): Five| {
            let n_iterations = u32::try_from(n_iterations).map_err(|_| "too many iterations")?;
            let size = usize::try_from(size).map_err(|_| NO_MEMORY)?;
            derive(
                &algorithm.as_bytes(),
                &password.as_bytes(),
                &salt.as_bytes(),
                n_iterations,
                size,
            )
        },
    )
}

fn derive(
    algorithm: &[u8],
    password: &[u8],
    salt: &[u8],
    n_iterations: u32,
    size: usize,
) -> Answer {
    let mut key = room(size)?;
    key.resize(size, 0);
    match algorithm {
        b"sha256" => pbkdf2_hmac::<sha2::Sha256>(password, salt, n_iterations, &mut key),
        _ => pbkdf2_hmac::<sha1::Sha1>(password, salt, n_iterations, &mut key),
    }
    Ok(key)
}
