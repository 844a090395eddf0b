//! Lists and objects, entry by entry.

use serde::Serialize;
use serde::ser;

use super::{Unwritable, Writer, Written, push_string};

/// A list or an object that is being written.
#[derive(Debug)]
pub(super) struct List<'a> {
    writer: &'a mut Writer,
    is_empty: bool,
    close: &'static str,
}

impl<'a> List<'a> {
    /// One that is open already, and ends with `close`.
    pub(super) const fn new(writer: &'a mut Writer, close: &'static str) -> Self {
        Self {
            writer,
            is_empty: true,
            close,
        }
    }

    fn separate(&mut self) -> &mut Writer {
        if !self.is_empty {
            self.writer.text.push(',');
        }
        self.is_empty = false;
        self.writer
    }

    fn close(self) -> Written {
        self.writer.push(self.close)
    }

    fn push_field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Written {
        let writer = self.separate();
        push_string(&mut writer.text, name);
        writer.text.push(':');
        value.serialize(writer)
    }
}

impl ser::SerializeSeq for List<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(self.separate())
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeTuple for List<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(self.separate())
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeMap for List<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        key.serialize(self.separate())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeStruct for List<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.push_field(name, value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeStructVariant for List<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.push_field(name, value)
    }

    fn end(self) -> Written {
        self.close()
    }
}
